package io.busyhour.journal;

import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.journal.Head.Recent;
import io.busyhour.journal.Inbox.Arrival;
import io.busyhour.journal.Inbox.Batch;
import io.busyhour.journal.Inbox.Group;
import io.busyhour.journal.Journal.Appended;
import io.busyhour.journal.Journal.Tip;
import io.busyhour.journal.JournalTable.Mark;
import io.busyhour.journal.JournalTable.Row;
import io.busyhour.journal.RecentKeys.StoredKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Commits what waits in the inbox, all that is there in one transaction, and then answers those who
 * wait. While nothing waits it commits the time now and then.
 */
final class GroupWriter implements Runnable {
  private static final Logger LOG = System.getLogger(GroupWriter.class.getName());
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };
  private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

  /** When a commit was made: its time in the journal, and the time that no clock's change moves. */
  private record Stamp(long time, long nanos) {}

  /** A transaction of which it is not known whether it was committed, or is on the disk. */
  private record Doubt(Group group, Plan plan, Mark before, Mark after) {}

  private final DataSource database;
  private final JournalSettings settings;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Inbox inbox;
  private final Ledger ledger;
  private final RecentKeys keys;
  private final Head head;
  private final HistogramFamily appendSeconds;
  private final HistogramFamily batchSize;

  // Where this process left the journal, null when that is not sure; anything else means that
  // another one wrote since, or that a commit succeeded whose success was not heard of.
  private Mark known;
  // Null but after a failure at the commit; nothing else is written before it is settled.
  private Doubt doubt;
  // The last commit that this process made.
  private Stamp last;
  private volatile boolean writable;

  GroupWriter(
      DataSource database,
      JournalSettings settings,
      InstantSource clock,
      LongSupplier nanos,
      Meters meters,
      Inbox inbox,
      Ledger ledger,
      RecentKeys keys,
      Head head) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.nanos = nanos;
    this.inbox = inbox;
    this.ledger = ledger;
    this.keys = keys;
    this.head = head;
    appendSeconds =
        meters.histogram(
            "busyhour_journal_append_seconds", "Time that one group commit took.", SECONDS);
    batchSize =
        meters.histogram(
            "busyhour_journal_batch_size", "Deliveries that one group commit held.", SIZES);
  }

  /** Whether the last transaction succeeded. */
  boolean isWritable() {
    return writable;
  }

  /** Commits nothing but the time, which tells whether that is possible. */
  void open() {
    try {
      commit(new Group(List.of(), Map.of(), false));
      writable = true;
    } catch (SQLException e) {
      throw Inbox.storeDown(e);
    }
  }

  @Override
  public void run() {
    boolean more = true;
    while (more) {
      try {
        Group group = inbox.take(settings.idleCommit());
        more = !group.last();
        handle(group);
      } catch (InterruptedException e) {
        // Nobody has a reason to: the inbox is closed to end this thread.
        LOG.log(Level.DEBUG, "interrupted while waiting for deliveries", e);
      }
    }
    writable = false;
    // What is in doubt still: nobody will find out.
    inbox.abandon();
  }

  // Catches all, for this is the edge of the thread: whatever it was, those who wait are told and
  // the next group tries.
  private void handle(Group group) {
    try {
      settle();
    } catch (Throwable e) {
      failed(e);
      notStored(group, e);
      return;
    }
    try {
      long start = System.nanoTime();
      List<List<Appended>> answers = commit(group);
      recovered();
      if (!group.batches().isEmpty()) {
        appendSeconds.observe((System.nanoTime() - start) / 1e9);
        batchSize.observe(group.batches().stream().mapToInt(b -> b.arrivals().size()).sum());
      }
      stored(group, answers);
    } catch (Throwable e) {
      failed(e);
      if (doubt == null) {
        notStored(group, e);
      } else {
        settleSoon(e);
      }
    }
  }

  private void stored(Group group, List<List<Appended>> answers) {
    inbox.done(group);
    for (int i = 0; i < answers.size(); i++) {
      group.batches().get(i).answer().complete(answers.get(i));
    }
  }

  private void notStored(Group group, Throwable reason) {
    inbox.restoreRefused(group);
    inbox.done(group);
    group.batches().forEach(batch -> batch.answer().completeExceptionally(reason));
  }

  private void settleSoon(Throwable reason) {
    try {
      settle();
    } catch (Throwable e) {
      // Then before the next group, at the latest after the time between idle commits.
      e.addSuppressed(reason);
      LOG.log(Level.DEBUG, "it is not known yet whether the last group is stored", e);
    }
  }

  /**
   * Finds out what became of the transaction in doubt. Those who wait for it wait until then: told
   * that nothing was stored, they would count as refused what may be counted as accepted.
   */
  private void settle() throws SQLException {
    if (doubt == null) {
      return;
    }
    Doubt open = doubt;
    boolean isTip;
    boolean committed;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        // The lock is given when the transaction has ended, should it still be under way.
        Mark stored = JournalTable.lock(connection);
        isTip = stored.equals(open.after());
        committed = isTip || (!stored.equals(open.before()) && open.plan().isStored(connection));
        if (committed) {
          force(connection);
        }
      } finally {
        connection.rollback();
      }
    }
    doubt = null;
    if (isTip) {
      published(open.plan(), open.after());
    }
    if (committed) {
      stored(open.group(), open.plan().answers);
    } else {
      notStored(open.group(), new SQLException("the transaction was not committed"));
    }
  }

  private void failed(Throwable e) {
    Level level = writable ? Level.WARNING : Level.DEBUG;
    LOG.log(level, "the journal cannot be written; senders are told to try again", e);
    writable = false;
  }

  private void recovered() {
    if (!writable) {
      LOG.log(Level.INFO, "the journal can be written");
      writable = true;
    }
  }

  /** Commits a group and publishes it; gives the answers to each of its batches. */
  private List<List<Appended>> commit(Group group) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Mark before = JournalTable.lock(connection);
        if (!before.equals(known)) {
          ledger.load(connection);
          keys.load(connection, before.position());
        }
        known = null;
        Stamp now = now(before);
        long time = now.time();
        Plan plan = new Plan(before.position());
        plan.add(connection, group);
        plan.write(connection, time);
        Mark after = new Mark(plan.position, time);
        JournalTable.advance(connection, after);
        doubt = new Doubt(group, plan, before, after);
        connection.commit();
        force(connection);
        doubt = null;
        published(plan, after);
        last = now;
        return plan.answers;
      } catch (Throwable e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  /**
   * The time by the clock; but it rises with each commit, so that a mark is never mistaken for that
   * of another process, and where the clock was set back it goes on as fast as time passes, so that
   * what waits for a time does not wait until the clock is there again.
   */
  private Stamp now(Mark before) {
    long tick = nanos.getAsLong();
    long time = Math.max(JournalTable.micros(clock.instant()), before.time() + 1);
    if (last != null) {
      time = Math.max(time, last.time() + (tick - last.nanos()) / 1_000);
    }
    return new Stamp(time, tick);
  }

  private static void rollback(Connection connection, Throwable reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private void published(Plan plan, Mark mark) {
    plan.page.commit();
    plan.newKeys.commit();
    Instant time = JournalTable.instant(mark.time());
    List<Recent> entries = new ArrayList<>(plan.rows.size());
    for (Row row : plan.rows) {
      Arrival arrival = row.arrival();
      Entry entry = new Entry(row.position(), time, arrival.delivery());
      entries.add(new Recent(entry, arrival.weight()));
    }
    head.advance(entries, new Tip(mark.position(), time));
    known = mark;
  }

  /** Brings the file of an embedded H2 from the operating system's memory to the disk. */
  private void force(Connection connection) throws SQLException {
    if (settings.powerSafe() && connection.getMetaData().getDatabaseProductName().equals("H2")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
    }
  }

  /** What one transaction will write. */
  private final class Plan {
    final List<Row> rows = new ArrayList<>();
    final List<List<Appended>> answers = new ArrayList<>();
    final Ledger.Page page = ledger.newPage();
    final RecentKeys.Page newKeys = keys.newPage();
    long position;

    private final Map<Long, Integer> repeats = new HashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();

    Plan(long position) {
      this.position = position;
    }

    void add(Connection connection, Group group) throws SQLException {
      group.refused().forEach((kind, n) -> page.rejected(kind.source(), kind.reason(), n));
      if (group.batches().isEmpty()) {
        return;
      }
      List<UUID> digests =
          group.batches().stream()
              .flatMap(batch -> batch.arrivals().stream())
              .map(Arrival::digest)
              .toList();
      Map<UUID, Long> stored = keys.positions(connection, digests);
      for (Batch batch : group.batches()) {
        answers.add(batch.arrivals().stream().map(arrival -> add(arrival, stored)).toList());
      }
    }

    /** Whether its last row is in the journal, although another process wrote after it. */
    boolean isStored(Connection connection) throws SQLException {
      if (rows.isEmpty()) {
        return false;
      }
      Row row = rows.getLast();
      StoredKey key = new StoredKey(row.position(), row.arrival().digest());
      return JournalTable.keys(connection, row.position(), row.position()).contains(key);
    }

    private Appended add(Arrival arrival, Map<UUID, Long> stored) {
      String source = arrival.delivery().key().source();
      Long earlier = stored.putIfAbsent(arrival.digest(), position + 1);
      if (earlier != null) {
        repeats.merge(earlier, 1, Integer::sum);
        page.duplicate(source);
        return Appended.DUPLICATE;
      }
      position++;
      newKeys.add(arrival.digest(), position);
      arrivals.add(arrival);
      page.accepted(source, lastEvent(arrival));
      return Appended.NEW;
    }

    private static long lastEvent(Arrival arrival) {
      return arrival.delivery().occurrences().stream()
          .mapToLong(occurrence -> JournalTable.micros(occurrence.time()))
          .max()
          .getAsLong();
    }

    void write(Connection connection, long time) throws SQLException {
      long at = position - arrivals.size();
      for (Arrival arrival : arrivals) {
        at++;
        Integer duplicates = repeats.remove(at);
        rows.add(new Row(at, arrival, duplicates == null ? 0 : duplicates));
      }
      if (!rows.isEmpty()) {
        JournalTable.insert(connection, rows, time);
      }
      if (!repeats.isEmpty()) {
        JournalTable.addDuplicates(connection, repeats);
      }
      newKeys.write(connection);
      page.write(connection);
    }
  }
}
