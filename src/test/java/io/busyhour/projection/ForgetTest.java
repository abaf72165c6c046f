package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.cli.simulate.SimulatedDay;
import io.busyhour.event.Delivery;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.FaultyDatabase.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows are deleted when they are kept long enough, and no figure changes by it. */
class ForgetTest {
  private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private long number(String query) {
    try (Connection connection = stage.database.getConnection();
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private long rows(String table) {
    return number("select count(*) from " + table);
  }

  private static Occurrence initiated(String call, Instant time) {
    return said("call.initiated", time, Map.of("call_id", call, "direction", "outbound"));
  }

  private static Occurrence ended(String call, Instant time) {
    return said("call.ended", time, Map.of("call_id", call, "outcome", "busy"));
  }

  private void call(String id, Instant time) {
    stage.journal.receive(initiated(id, time));
    stage.journal.receive(ended(id, time.plusSeconds(9)));
    stage.settle();
  }

  @Test
  void day_forgotten_changesNoFigure() {
    SimulatedDay.before(NOON, 4, 1_500)
        .forEach(sent -> stage.journal.receive(Delivery.of(sent.key(), sent.occurrence())));
    stage.settle();
    stage.pass(Duration.ofDays(2));
    String figures = stage.scrape();
    List<String> rollups = rollups();
    long open = number("select count(*) from calls where open_since is not null");
    long calls = rows("calls");
    assertThat(stage.forget(NOON.plus(Duration.ofDays(1)))).isGreaterThan((int) (calls - open));
    assertThat(rows("calls")).isEqualTo(open).isLessThan(calls);
    for (String table :
        new String[] {
          "messages", "dialer_timers", "caller_sessions", "webhook_deliveries", "webhook_attempts"
        }) {
      assertThat(rows(table)).as(table).isZero();
    }
    assertThat(stage.scrape()).isEqualTo(figures);
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(figures);
    assertThat(rollups()).isEqualTo(rollups).isNotEmpty();
  }

  private List<String> rollups() {
    List<String> all = new ArrayList<>();
    try (Connection connection = stage.database.getConnection();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "select concat_ws(' ', kind, label, step_seconds, start_second, total, state)"
                        + " from rollup order by 1")) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  /** A step costs what it deletes, however many rows there are. */
  @Test
  void rows_areFoundInTheOrderOfAnIndex() throws SQLException {
    SimulatedDay.before(NOON, 4, 1_500)
        .forEach(sent -> stage.journal.receive(Delivery.of(sent.key(), sent.occurrence())));
    stage.settle();
    stage.pass(Duration.ofDays(2));
    try (Connection connection = stage.database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set query_statistics true");
      stage.forget(TOMORROW);
      List<String> asked = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("select sql_statement from information_schema.query_statistics")) {
        while (rows.next()) {
          asked.add(rows.getString(1));
        }
      }
      asked.removeIf(sql -> !sql.contains("ORDER BY"));
      assertThat(asked).hasSize(7);
      for (String sql : asked) {
        assertThat(plan(connection, sql)).contains("/* index sorted */");
      }
    }
  }

  private static String plan(Connection connection, String sql) throws SQLException {
    try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
      for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
        explain.setLong(i, 1);
      }
      try (ResultSet rows = explain.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  @Test
  void call_open_stays() {
    stage.journal.receive(initiated("a", NOON));
    stage.settle();
    assertThat(stage.forget(TOMORROW)).isZero();
    assertThat(stage.book.call("a")).isPresent();
    assertThat(stage.scrape()).contains("voice_calls_active 1.0");
  }

  @Test
  void call_waitingToBeCounted_stays() {
    stage.journal.receive(ended("a", NOON));
    stage.catchUp();
    assertThat(stage.forget(TOMORROW)).isZero();
    stage.settle();
    assertThat(stage.scrape()).contains("voice_calls_by_status_total{status=\"busy\"} 1.0");
    assertThat(stage.forget(TOMORROW)).isEqualTo(1);
    assertThat(stage.book.call("a")).isEmpty();
  }

  @Test
  void call_heardOfSince_stays() {
    call("a", NOON);
    assertThat(stage.forget(NOON.plusSeconds(9))).isZero();
    assertThat(stage.book.call("a")).isPresent();
    assertThat(stage.forget(NOON.plusSeconds(10))).isEqualTo(1);
    assertThat(stage.book.call("a")).isEmpty();
  }

  @Test
  void call_oldButReceivedNow_isKeptFromThenOn() {
    call("old", NOON.minus(Duration.ofDays(365)));
    assertThat(stage.forget(NOON.minusSeconds(1))).isZero();
    assertThat(stage.book.call("old")).isPresent();
    assertThat(stage.forget(NOON.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void call_forgotten_beginsAnewWhenItIsHeardOf() {
    call("a", NOON);
    assertThat(stage.forget(TOMORROW)).isEqualTo(1);
    call("a", NOON);
    assertThat(stage.book.call("a")).isPresent();
    assertThat(stage.scrape()).contains("voice_calls_by_status_total{status=\"busy\"} 2.0");
    assertThat(stage.forget(TOMORROW)).isEqualTo(1);
  }

  @Test
  void commit_fails_allStayAndAreForgottenTheNextTime() {
    call("a", NOON);
    String figures = stage.scrape();
    stage.database.set(Fault.COMMIT_FAILS);
    assertThatThrownBy(() -> stage.forget(TOMORROW)).isInstanceOf(RuntimeException.class);
    stage.database.set(Fault.NONE);
    Stage.until(() -> stage.progress().restored() && stage.progress().failure() == null);
    assertThat(stage.book.call("a")).isPresent();
    assertThat(stage.forget(TOMORROW)).isEqualTo(1);
    assertThat(stage.scrape()).isEqualTo(figures);
  }

  @Test
  void anotherProcess_thatHasTheRowInMemory_doesNotWriteToOneThatIsGone() {
    call("a", NOON);
    try (Stage other = stage.beside()) {
      other.catchUp();
      Stage.until(() -> other.forget(TOMORROW) == 1);
    }
    long memory = stage.progress().generation();
    stage.journal.receive(ended("a", NOON.plusSeconds(60)));
    stage.settle();
    assertThat(stage.progress().generation()).isGreaterThan(memory);
    assertThat(rows("calls")).isEqualTo(1);
  }
}
