package io.busyhour.journal;

import io.busyhour.event.Delivery;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Inbox.Batch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * A journal in a database whose tables are there already: an H2 file of this process, or a
 * PostgreSQL that several processes may share. One thread writes, with group commit.
 */
public final class SqlJournal implements Journal {
  private static final Logger LOG = System.getLogger(SqlJournal.class.getName());
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final DataSource database;
  private final Inbox inbox;
  private final Ledger ledger;
  private final Head head;
  private final GroupWriter writer;
  private final Thread thread;

  /**
   * Opens a journal; throws {@link JournalUnavailable} when the database cannot be written.
   *
   * @param database gives connections; it is closed by its owner, after the journal
   */
  public SqlJournal(DataSource database, JournalSettings settings, Meters meters) {
    this(database, settings, meters, InstantSource.system());
  }

  /** One whose entries are received by a clock. */
  public SqlJournal(
      DataSource database, JournalSettings settings, Meters meters, InstantSource clock) {
    this(database, settings, meters, clock, System::nanoTime, RecentKeys.STEP);
  }

  SqlJournal(
      DataSource database,
      JournalSettings settings,
      Meters meters,
      InstantSource clock,
      LongSupplier nanos,
      int keyStep) {
    this.database = database;
    inbox = new Inbox(settings);
    ledger = new Ledger(settings.maxSources());
    head = new Head(settings.recent());
    RecentKeys keys = new RecentKeys(keyStep);
    writer = new GroupWriter(database, settings, clock, nanos, meters, inbox, ledger, keys, head);
    writer.open();
    thread = Thread.ofPlatform().name("busyhour-journal").daemon().start(writer);
  }

  @Override
  public List<Appended> append(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return List.of();
    }
    Batch batch = Batch.of(deliveries);
    inbox.put(batch);
    try {
      return batch.answer().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof JournalUnavailable known) {
        throw known;
      }
      throw Inbox.storeDown(e.getCause());
    }
  }

  @Override
  public void refuse(String source, String reason, long count) {
    inbox.putRefused(source, reason, count);
  }

  @Override
  public List<Entry> read(long after, int limit) {
    List<Entry> recent = head.read(after, limit);
    if (recent != null) {
      return recent;
    }
    try (Connection connection = database.getConnection()) {
      return JournalTable.read(connection, after, head.tip().position(), limit);
    } catch (SQLException e) {
      throw Inbox.storeDown(e);
    }
  }

  @Override
  public List<Stored> find(Collection<Long> positions) {
    try (Connection connection = database.getConnection()) {
      return JournalTable.find(connection, positions);
    } catch (SQLException e) {
      throw Inbox.storeDown(e);
    }
  }

  @Override
  public Tip tip() {
    return head.tip();
  }

  @Override
  public Tip await(long position, Duration timeout) throws InterruptedException {
    return head.await(position, timeout);
  }

  @Override
  public List<LedgerLine> ledger() {
    return ledger.lines();
  }

  @Override
  public boolean isOpen() {
    return writer.isWritable();
  }

  /**
   * What is committed can still be read afterwards, for as long as the database is open. Whoever
   * waits for a database that hangs is told after a while that the server is stopping.
   */
  @Override
  public void close() {
    close(CLOSE);
  }

  void close(Duration limit) {
    inbox.close();
    try {
      if (!thread.join(limit)) {
        LOG.log(
            Level.WARNING,
            "the database did not answer within {0} s of the stop;"
                + " those who wait are told to send again",
            limit.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    inbox.abandon();
  }
}
