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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a journal in a database does besides. */
abstract class SqlJournalContract extends JournalContract {

  /** Where a database is that holds nothing yet. */
  abstract String newUrl();

  private Database database;
  private FaultyDatabase faulty;
  private Meters meters;

  @Override
  JournalBench newBench() {
    String url = newUrl();
    return new JournalBench() {
      @Override
      public Journal open(JournalSettings settings, InstantSource time) {
        close();
        database = Database.open(url, user(), "");
        faulty = new FaultyDatabase(database.dataSource());
        meters = Meters.create(100, Clock.systemUTC());
        return new SqlJournal(faulty, settings, meters, time);
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
    assertThatThrownBy(() -> new SqlJournal(faulty, SETTINGS, meters, clock))
        .isInstanceOfSatisfying(
            JournalUnavailable.class, e -> assertThat(e.reason()).isEqualTo(Cause.STORE_DOWN))
        .hasRootCauseMessage("unreachable, as the test wants it");
  }

  @Test
  void append_commitUnheard_repeatIsDuplicate() {
    journal.append(Deliveries.numbered(0, 2));
    faulty.set(Fault.COMMIT_UNHEARD);
    assertThatThrownBy(() -> journal.append(Deliveries.numbered(2, 4)))
        .isInstanceOf(JournalUnavailable.class);
    faulty.set(Fault.NONE);
    assertThat(journal.append(Deliveries.numbered(2, 5)))
        .containsExactly(DUPLICATE, DUPLICATE, NEW);
    assertThat(readAll(10)).extracting(Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(journal.ledger())
        .containsExactly(new LedgerLine("test", 5, 2, Map.of(), Deliveries.TIME));
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
    try (Journal other =
            new SqlJournal(database.dataSource(), SETTINGS, Meters.create(9, Clock.systemUTC()));
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
      assertThat(readAll(7)).hasSize(60).isEqualTo(other.read(0, 100));
      assertThat(readAll(7)).extracting(Entry::receivedAt).isSorted();
      Eventually.holds("each counts all", () -> other.ledger().equals(journal.ledger()));
      assertThat(journal.ledger())
          .containsExactly(new LedgerLine("test", 60, 60, Map.of(), Deliveries.TIME));
    }
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
}
