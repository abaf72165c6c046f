package io.busyhour.journal;

import static io.busyhour.journal.Journal.Appended.DUPLICATE;
import static io.busyhour.journal.Journal.Appended.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.boot.Database;
import io.busyhour.event.Delivery;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.FaultyDatabase.Fault;
import io.busyhour.journal.JournalUnavailable.Cause;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a journal in a database does besides. */
abstract class SqlJournalContract extends JournalContract {
  /** Each range of keys is merged once in 64 times as many entries. */
  private static final int KEY_STEP = 5;

  private static final int CYCLE = 64 * KEY_STEP;

  /** Where a database is that holds nothing yet. */
  abstract String newUrl();

  private Database database;
  FaultyDatabase faulty;
  private Meters meters;

  @Override
  JournalBench newBench() {
    String url = newUrl();
    return new JournalBench() {
      @Override
      public Journal open(JournalSettings settings, HandClock time) {
        close();
        database = Database.open(url, user(), "");
        faulty = new FaultyDatabase(database.dataSource());
        meters = Meters.create(100, Clock.systemUTC());
        return new SqlJournal(faulty, settings, meters, time, time::nanos, KEY_STEP);
      }

      @Override
      public void fail() {
        faulty.set(Fault.COMMIT_FAILS);
      }

      @Override
      public void hold() {
        faulty.set(Fault.HELD);
      }

      @Override
      public void recover() {
        faulty.set(Fault.NONE);
      }

      @Override
      public void close() {
        if (database != null) {
          database.close();
        }
      }
    };
  }

  String user() {
    return "sa";
  }

  private SqlJournal open(DataSource source) {
    Meters own = Meters.create(9, Clock.systemUTC());
    return new SqlJournal(source, SETTINGS, own, clock, clock::nanos, KEY_STEP);
  }

  /** Only the journal: what it has in memory is gone, and the database stays open. */
  private void restart() {
    journal.close();
    journal = open(faulty);
  }

  private long number(String query) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  @Test
  void open_databaseUnreachable_saysSo() {
    faulty.set(Fault.UNREACHABLE);
    assertThatThrownBy(() -> open(faulty))
        .isInstanceOfSatisfying(
            JournalUnavailable.class, e -> assertThat(e.reason()).isEqualTo(Cause.STORE_DOWN))
        .hasRootCauseMessage("unreachable, as the test wants it");
  }

  @Test
  void append_commitUnheard_isFoundOutAndAnswered() {
    journal.append(Deliveries.numbered(0, 2));
    faulty.set(Fault.COMMIT_UNHEARD);
    assertThat(journal.append(Deliveries.numbered(1, 4))).containsExactly(DUPLICATE, NEW, NEW);
    faulty.set(Fault.NONE);
    assertThat(journal.append(Deliveries.numbered(2, 5)))
        .containsExactly(DUPLICATE, DUPLICATE, NEW);
    assertThat(readAll(10)).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(journal.ledger())
        .containsExactly(new LedgerLine("test", 5, 3, Map.of(), Deliveries.TIME));
  }

  @Test
  void refuse_commitUnheard_isCountedOnce() {
    faulty.set(Fault.COMMIT_UNHEARD_THEN_UNREACHABLE);
    journal.refuse("test", "malformed", 3);
    Eventually.holds("failure noticed", () -> !journal.isOpen());
    faulty.set(Fault.COMMIT_UNHEARD);
    Eventually.holds("refusal counted", () -> !journal.ledger().isEmpty());
    faulty.set(Fault.NONE);
    journal.append(Deliveries.numbered(0, 1));
    restart();
    assertThat(journal.ledger())
        .containsExactly(new LedgerLine("test", 1, 0, Map.of("malformed", 3L), Deliveries.TIME));
  }

  /** Without idle commits, so that the next one is that of the test. */
  void openWithoutIdleCommits(boolean powerSafe) {
    journal.close();
    Duration never = Duration.ofHours(1);
    journal = bench.open(new JournalSettings(100, 40, 20, 5, never, powerSafe), clock);
  }

  @Test
  void append_commitUnheardAndDatabaseGone_waitsUntilItIsKnown() throws Exception {
    openWithoutIdleCommits(false);
    faulty.set(Fault.COMMIT_UNHEARD_THEN_UNREACHABLE);
    journal.refuse("test", "malformed", 7);
    Waiting append = Waiting.in(() -> journal.append(Deliveries.numbered(0, 3)));
    Eventually.holds("failure noticed", () -> !journal.isOpen());
    // Others do not wait, and nothing of theirs is stored.
    assertThatThrownBy(() -> journal.append(Deliveries.numbered(3, 4)))
        .isInstanceOfSatisfying(
            JournalUnavailable.class, e -> assertThat(e.reason()).isEqualTo(Cause.STORE_DOWN));
    faulty.set(Fault.NONE);
    assertThat(journal.append(Deliveries.numbered(0, 4)))
        .containsExactly(DUPLICATE, DUPLICATE, DUPLICATE, NEW);
    assertThat(append.answer()).containsExactly(NEW, NEW, NEW);
    Map<String, Long> rejected = Map.of("malformed", 7L);
    assertThat(journal.ledger())
        .containsExactly(new LedgerLine("test", 4, 3, rejected, Deliveries.TIME));
  }

  @Test
  void append_commitUnheardAndAnotherProcessWentOn_isAnsweredByWhatIsStored() throws Exception {
    openWithoutIdleCommits(false);
    faulty.set(Fault.COMMIT_UNHEARD_THEN_UNREACHABLE);
    Waiting append = Waiting.in(() -> journal.append(Deliveries.numbered(0, 3)));
    Eventually.holds("failure noticed", () -> !journal.isOpen());
    try (Journal other = open(database.dataSource())) {
      other.append(Deliveries.numbered(2, 5));
    }
    faulty.set(Fault.NONE);
    assertThat(journal.append(Deliveries.numbered(4, 6))).containsExactly(DUPLICATE, NEW);
    assertThat(append.answer()).containsExactly(NEW, NEW, NEW);
    assertThat(readAll(10)).hasSize(6);
    assertThat(journal.ledger())
        .containsExactly(new LedgerLine("test", 6, 2, Map.of(), Deliveries.TIME));
  }

  @Test
  void append_commitFailsAndDatabaseGone_isToldWhenItIsKnown() throws Exception {
    openWithoutIdleCommits(false);
    faulty.set(Fault.COMMIT_FAILS_THEN_UNREACHABLE);
    List<Cause> told = new ArrayList<>();
    Waiting append =
        Waiting.in(
            () -> {
              try {
                return journal.append(Deliveries.numbered(0, 3));
              } catch (JournalUnavailable e) {
                told.add(e.reason());
                return List.of();
              }
            });
    Eventually.holds("failure noticed", () -> !journal.isOpen());
    faulty.set(Fault.NONE);
    assertThat(journal.append(Deliveries.numbered(0, 3))).containsOnly(NEW);
    assertThat(append.answer()).isEmpty();
    assertThat(told).containsExactly(Cause.STORE_DOWN);
  }

  @Test
  void close_databaseHangs_thoseWhoWaitAreTold() throws Exception {
    faulty.set(Fault.HELD);
    List<Cause> told = Collections.synchronizedList(new ArrayList<>());
    List<Waiting> appends = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Delivery> one = Deliveries.numbered(i, i + 1);
      appends.add(
          Waiting.in(
              () -> {
                try {
                  return journal.append(one);
                } catch (JournalUnavailable e) {
                  told.add(e.reason());
                  return List.of();
                }
              }));
    }
    ((SqlJournal) journal).close(Duration.ofMillis(50));
    for (Waiting append : appends) {
      assertThat(append.answer()).isEmpty();
    }
    assertThat(told).containsExactly(Cause.STOPPING, Cause.STOPPING, Cause.STOPPING);
  }

  @Test
  void append_repeated_isNotedOnTheRow() throws SQLException {
    Delivery one = Deliveries.of("s", "1");
    journal.append(List.of(one, one, Deliveries.of("s", "2")));
    journal.append(List.of(one));
    assertThat(number("SELECT duplicates FROM journal WHERE id = '1'")).isEqualTo(2);
    assertThat(number("SELECT duplicates FROM journal WHERE id = '2'")).isZero();
  }

  @Test
  void append_twoProcessesOnOneDatabase_positionsAndLedgerOfBothTogether() throws Exception {
    List<Delivery> all = Deliveries.numbered(0, 60);
    try (Journal other = open(database.dataSource());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        List<Delivery> one = List.of(all.get(i));
        done.add(threads.submit(() -> journal.append(one)));
        done.add(threads.submit(() -> other.append(one)));
      }
      for (Future<?> each : done) {
        each.get();
      }
      Eventually.holds("each sees all", () -> journal.tip().position() == other.tip().position());
      assertThat(readAll(7)).hasSize(60).isEqualTo(readAll(other, 100));
      assertThat(readAll(7)).extracting(Entry::receivedAt).isSorted();
      Eventually.holds("each counts all", () -> other.ledger().equals(journal.ledger()));
      assertThat(journal.ledger())
          .containsExactly(new LedgerLine("test", 60, 60, Map.of(), Deliveries.TIME));
    }
  }

  @Test
  void tip_clockWasAheadOnceAndIsCorrected_itsTimeGoesOnAtItsPace() {
    clock.turn(Duration.ofHours(1));
    journal.append(Deliveries.numbered(0, 1));
    Instant ahead = journal.tip().time();
    clock.turn(Duration.ofHours(-1));
    clock.pass(Duration.ofSeconds(90));
    journal.append(Deliveries.numbered(1, 2));
    assertTipIsAbout(ahead.plusSeconds(90));
    clock.pass(Duration.ofSeconds(30));
    Eventually.holds(
        "idle commits go on, too", () -> !journal.tip().time().isBefore(ahead.plusSeconds(120)));
    assertTipIsAbout(ahead.plusSeconds(120));
    // As soon as the clock is there itself, it is followed.
    clock.turn(Duration.ofHours(2));
    Instant now = clock.instant();
    Eventually.holds("the clock is followed", () -> !journal.tip().time().isBefore(now));
    assertTipIsAbout(now);
  }

  /** Each commit since may have added its microsecond. */
  private void assertTipIsAbout(Instant time) {
    assertThat(journal.tip().time()).isBetween(time, time.plusMillis(5));
  }

  @Test
  void tip_twoProcessesWhoseClockWasAhead_timeDoesNotPassTwice() {
    journal.append(Deliveries.numbered(0, 1));
    clock.turn(Duration.ofHours(-1));
    Instant ahead = journal.tip().time();
    try (Journal other = open(database.dataSource())) {
      for (int i = 1; i <= 20; i++) {
        clock.pass(Duration.ofSeconds(1));
        other.append(List.of(Deliveries.of("other", "" + i)));
        journal.append(Deliveries.numbered(i, i + 1));
      }
      assertTipIsAbout(ahead.plusSeconds(20));
    }
  }

  // Keys move from memory to their table.

  /** Each key is in the table at most once, with the position that it has in the journal. */
  private void assertKeysInTable(int from, int to) throws SQLException {
    assertThat(number("SELECT count(*) FROM journal_keys")).isBetween((long) from, (long) to);
    assertThat(number("SELECT count(DISTINCT event_key) FROM journal_keys"))
        .isEqualTo(number("SELECT count(*) FROM journal_keys"))
        .isEqualTo(
            number(
                "SELECT count(*) FROM journal_keys k JOIN journal j"
                    + " ON j.event_key = k.event_key AND j.position = k.position"));
  }

  @Test
  void append_keysInMemoryAndInTheTable_areDuplicates() throws SQLException {
    List<Delivery> all = Deliveries.numbered(0, 2 * CYCLE);
    for (int i = 0; i < all.size(); i += 16) {
      assertThat(journal.append(all.subList(i, i + 16))).containsOnly(NEW);
    }
    assertKeysInTable(CYCLE, 2 * CYCLE - 1);
    assertThat(journal.append(all)).containsOnly(DUPLICATE);
    restart();
    assertThat(journal.append(all)).containsOnly(DUPLICATE);
    assertThat(number("SELECT count(*) FROM journal WHERE duplicates = 2")).isEqualTo(2 * CYCLE);
  }

  @Test
  void append_moreAtOnceThanAllRangesTake_eachOnce() throws SQLException {
    List<Delivery> all = Deliveries.numbered(0, 3 * CYCLE + 2);
    journal.append(all.subList(0, 3));
    assertThat(journal.append(all.subList(3, all.size()))).containsOnly(NEW);
    assertKeysInTable(2 * CYCLE, 3 * CYCLE);
    assertThat(journal.append(all)).containsOnly(DUPLICATE);
    restart();
    assertThat(journal.append(all)).containsOnly(DUPLICATE);
  }

  @Test
  void append_restartedBetweenMerges_eachOnce() throws SQLException {
    for (int i = 0; i < 50; i++) {
      List<Delivery> some = Deliveries.numbered(i * 17, i * 17 + 20);
      assertThat(journal.append(some).subList(0, 3)).containsOnly(i == 0 ? NEW : DUPLICATE);
      restart();
      assertThat(journal.append(some)).containsOnly(DUPLICATE);
    }
    assertKeysInTable(49 * 17 + 20 - CYCLE, 49 * 17 + 20);
    assertThat(journal.append(Deliveries.numbered(0, 49 * 17 + 20))).containsOnly(DUPLICATE);
    assertThat(journal.tip().position()).isEqualTo(49 * 17 + 20);
  }

  @Test
  void append_mergeFails_memoryIsAsBefore() throws SQLException {
    for (Fault fault : List.of(Fault.MERGE_FAILS, Fault.COMMIT_FAILS)) {
      int before = (int) journal.tip().position();
      journal.append(Deliveries.numbered(before, before + CYCLE));
      long inTable = number("SELECT count(*) FROM journal_keys");
      List<Delivery> more = Deliveries.numbered(before + CYCLE - 3, before + 2 * CYCLE);
      faulty.set(fault);
      assertThatThrownBy(() -> journal.append(more)).isInstanceOf(JournalUnavailable.class);
      faulty.set(Fault.NONE);
      assertThat(number("SELECT count(*) FROM journal_keys")).isEqualTo(inTable);
      assertThat(journal.append(Deliveries.numbered(0, before + CYCLE))).containsOnly(DUPLICATE);
      assertThat(journal.append(more).subList(3, more.size())).containsOnly(NEW);
      assertThat(journal.append(more)).containsOnly(DUPLICATE);
    }
    assertKeysInTable(3 * CYCLE, 4 * CYCLE);
  }

  @Test
  void append_commitOfMergeUnheard_isFoundOut() throws SQLException {
    List<Delivery> all = Deliveries.numbered(0, 2 * CYCLE);
    journal.append(all.subList(0, CYCLE));
    faulty.set(Fault.COMMIT_UNHEARD);
    assertThat(journal.append(all)).startsWith(DUPLICATE).endsWith(NEW);
    faulty.set(Fault.NONE);
    assertThat(journal.append(all)).containsOnly(DUPLICATE);
    assertKeysInTable(CYCLE, 2 * CYCLE - 1);
  }

  @Test
  void append_twoProcessesTakingTurns_knowEachOthersKeys() throws SQLException {
    try (Journal other = open(database.dataSource())) {
      for (int i = 0; i < 100; i++) {
        Journal one = i % 2 == 0 ? journal : other;
        assertThat(one.append(Deliveries.numbered(i * 7, i * 7 + 10)))
            .startsWith(i == 0 ? NEW : DUPLICATE)
            .endsWith(NEW, NEW, NEW, NEW, NEW, NEW, NEW);
      }
      List<Delivery> all = Deliveries.numbered(0, 703);
      assertThat(journal.append(all)).containsOnly(DUPLICATE);
      assertThat(other.append(all)).containsOnly(DUPLICATE);
      // One of them merges all that the other has in memory.
      assertThat(other.append(Deliveries.numbered(703, 703 + 2 * CYCLE))).containsOnly(NEW);
      assertThat(journal.append(Deliveries.numbered(0, 703 + 2 * CYCLE))).containsOnly(DUPLICATE);
      assertKeysInTable(703 + CYCLE, 703 + 2 * CYCLE - 1);
    }
  }

  /** A PostgreSQL that fails over to a replica may have lost the newest commits. */
  @Test
  void append_databaseLostCommitsAndGoesOn_memoryFollows() throws SQLException {
    journal.append(Deliveries.numbered(0, 10));
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("UPDATE journal_tip SET position = 4");
      connection.createStatement().execute("DELETE FROM journal WHERE position > 4");
      connection.createStatement().execute("DELETE FROM journal_keys WHERE position > 4");
      connection.commit();
    }
    try (Journal other = open(database.dataSource())) {
      assertThat(other.append(Deliveries.numbered(20, 36))).containsOnly(NEW);
    }
    assertThat(journal.append(List.of(Deliveries.of("test", "id-9")))).containsOnly(NEW);
    assertThat(journal.append(Deliveries.numbered(0, 4))).containsOnly(DUPLICATE);
    assertThat(journal.append(Deliveries.numbered(20, 36))).containsOnly(DUPLICATE);
  }

  @Test
  void read_entryOfAnotherVersion_saysWhichAndWhy() throws SQLException {
    journal.append(Deliveries.numbered(0, 1));
    journal.close();
    try (Connection connection = database.dataSource().getConnection()) {
      connection
          .createStatement()
          .execute("UPDATE journal SET body = '[{\"type\":\"call.teleported\",\"time\":1}]'");
    }
    journal = bench.open(SETTINGS, clock);
    assertThatThrownBy(() -> journal.read(0, 10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("position 1")
        .hasMessageContaining("\"call.teleported\"");
  }

  @Test
  void append_isMeasured() {
    journal.append(Deliveries.numbered(0, 3));
    journal.append(Deliveries.numbered(3, 4));
    assertThat(histogram("busyhour_journal_append_seconds").getCount()).isEqualTo(2);
    assertThat(histogram("busyhour_journal_batch_size").getCount()).isEqualTo(2);
    assertThat(histogram("busyhour_journal_batch_size").getSum()).isEqualTo(4);
  }

  private HistogramSnapshot.HistogramDataPointSnapshot histogram(String name) {
    HistogramSnapshot family =
        (HistogramSnapshot) meters.snapshots(name::equals).stream().findFirst().get();
    return family.getDataPoints().get(0);
  }

  @Test
  void read_ofLargeEntries_givesFewAtOnce() {
    HandClock hand = new HandClock(Deliveries.TIME);
    try (JournalBench bench = newBench()) {
      try (Journal journal = bench.open(JournalSettings.DEFAULT, hand)) {
        for (int i = 0; i < 6; i++) {
          journal.append(List.of(Deliveries.several("large-" + i, 20_000)));
        }
      }
      try (Journal journal = bench.open(JournalSettings.DEFAULT, hand)) {
        List<Entry> read = new ArrayList<>(journal.read(0, 1_000));
        assertThat(read.size()).isBetween(1, 5);
        for (int at = read.size(); at < 6; at = read.size()) {
          read.addAll(journal.read(at, 1_000));
        }
        assertThat(read).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      }
    }
  }

  // Old entries are deleted.

  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private OldEntries oldEntries() {
    return new OldEntries(faulty, KEY_STEP);
  }

  /** All that may go, in steps; how many they were. */
  private static int deleteAll(OldEntries old, Instant before, long upTo) {
    int all = 0;
    int done = 7;
    while (done == 7) {
      done = old.delete(before, upTo, 7);
      all += done;
    }
    return all;
  }

  /** No entry before a position has a key, and from there on all those are there that were. */
  private void assertOldestIs(long position, long keysBefore) throws SQLException {
    assertThat(number("SELECT min(position) FROM journal")).isEqualTo(position);
    assertThat(number("SELECT count(*) FROM journal_keys WHERE position < " + position)).isZero();
    assertThat(number("SELECT count(*) FROM journal_keys")).isEqualTo(keysBefore - position + 1);
  }

  @Test
  void delete_entriesReceivedBeforeATime_repeatsAreNewFromThenOn() throws SQLException {
    journal.append(Deliveries.numbered(0, 50));
    clock.turn(Duration.ofDays(1));
    Instant between = clock.instant().minusSeconds(3600);
    journal.append(Deliveries.numbered(50, 60 + CYCLE));
    assertThat(journal.append(Deliveries.numbered(0, 50))).containsOnly(DUPLICATE);
    long keys = number("SELECT count(*) FROM journal_keys");
    assertThat(deleteAll(oldEntries(), between, 1_000_000)).isEqualTo(50);
    assertOldestIs(51, keys);
    assertThat(journal.append(Deliveries.numbered(49, 52)))
        .containsExactly(NEW, DUPLICATE, DUPLICATE);
    assertThat(readAll(100)).extracting(Entry::position).startsWith(51L, 52L);
    restart();
    assertThat(journal.append(Deliveries.numbered(48, 52)))
        .containsExactly(NEW, DUPLICATE, DUPLICATE, DUPLICATE);
    assertThat(readAll(100).getLast().position()).isEqualTo(60 + CYCLE + 2);
  }

  @Test
  void delete_keyThatCameAgain_leavesTheNewOne() throws SQLException {
    List<Delivery> some = Deliveries.numbered(0, 10);
    journal.append(some);
    journal.append(Deliveries.numbered(10, 10 + CYCLE));
    OldEntries old = oldEntries();
    assertThat(old.delete(LATER, 5, 100)).isEqualTo(5);
    assertThat(journal.append(some.subList(0, 5))).containsOnly(NEW);
    journal.append(Deliveries.numbered(10 + CYCLE, 10 + 2 * CYCLE));
    assertThat(deleteAll(old, LATER, CYCLE + 10)).isEqualTo(CYCLE + 5);
    assertThat(journal.append(some.subList(0, 5))).containsOnly(DUPLICATE);
    assertThat(journal.append(some.subList(5, 10))).containsOnly(NEW);
  }

  @Test
  void delete_newestAndUnread_stay() throws SQLException {
    journal.append(Deliveries.numbered(0, CYCLE + 30));
    long keys = number("SELECT count(*) FROM journal_keys");
    assertThat(deleteAll(oldEntries(), LATER, 20)).isEqualTo(20);
    assertOldestIs(21, keys);
    assertThat(deleteAll(oldEntries(), LATER, 1_000_000)).isEqualTo(10);
    restart();
    assertThat(journal.append(Deliveries.numbered(30, CYCLE + 30))).containsOnly(DUPLICATE);
    assertThat(journal.append(Deliveries.numbered(0, 30))).containsOnly(NEW);
  }

  @Test
  void delete_commitFails_leavesAll() throws SQLException {
    journal.append(Deliveries.numbered(0, CYCLE + 30));
    OldEntries old = oldEntries();
    journal.close();
    long keys = number("SELECT count(*) FROM journal_keys");
    faulty.set(Fault.COMMIT_FAILS);
    assertThatThrownBy(() -> old.delete(LATER, 20, 100)).isInstanceOf(JournalUnavailable.class);
    assertThat(number("SELECT count(*) FROM journal")).isEqualTo(CYCLE + 30);
    assertThat(number("SELECT count(*) FROM journal_keys")).isEqualTo(keys);
    faulty.set(Fault.COMMIT_UNHEARD);
    assertThatThrownBy(() -> old.delete(LATER, 20, 100)).isInstanceOf(JournalUnavailable.class);
    faulty.set(Fault.NONE);
    assertOldestIs(21, keys);
    assertThat(deleteAll(old, LATER, 25)).isEqualTo(5);
    journal = open(faulty);
    assertThat(journal.append(Deliveries.numbered(24, 27)))
        .containsExactly(NEW, DUPLICATE, DUPLICATE);
  }

  @Test
  void delete_entryThatAnotherTransactionHas_waitsWithAllAfterIt() throws SQLException {
    journal.append(Deliveries.numbered(0, CYCLE + 30));
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("UPDATE journal SET duplicates = 1 WHERE position = 4");
      assertThat(oldEntries().delete(LATER, 20, 100)).isEqualTo(3);
      assertThat(oldEntries().delete(LATER, 20, 100)).isZero();
      other.commit();
    }
    assertThat(oldEntries().delete(LATER, 20, 100)).isEqualTo(17);
  }

  @Test
  void delete_whileOthersAppendAndRepeat_eachIsStoredOnceForAsLongAsItIsKept() throws Exception {
    int all = 4 * CYCLE;
    journal.append(Deliveries.numbered(0, CYCLE));
    Waiting writer =
        Waiting.in(
            () -> {
              List<Journal.Appended> answers = new ArrayList<>();
              for (int i = CYCLE; i < all; i += 5) {
                answers.addAll(journal.append(Deliveries.numbered(i, i + 5)));
                // Of some that may be about to go.
                int old = Math.max(0, i - CYCLE - 20);
                journal.append(List.of(Deliveries.numbered(old, old + 1).getFirst()));
              }
              return answers;
            });
    OldEntries one = oldEntries();
    OldEntries two = oldEntries();
    while (journal.tip().position() < all) {
      one.delete(LATER, journal.tip().position(), 3);
      two.delete(LATER, journal.tip().position(), 3);
    }
    assertThat(writer.answer()).hasSize(all - CYCLE).containsOnly(NEW);
    deleteAll(one, LATER, 1_000_000);
    long tip = journal.tip().position();
    assertThat(number("SELECT min(position) FROM journal")).isEqualTo(tip - CYCLE + 1);
    assertThat(number("SELECT count(*) FROM journal")).isEqualTo(CYCLE);
    assertThat(number("SELECT count(*) FROM journal_keys WHERE position <= " + (tip - CYCLE)))
        .isZero();
    assertThat(number("SELECT count(*) - count(DISTINCT event_key) FROM journal")).isZero();
  }
}
