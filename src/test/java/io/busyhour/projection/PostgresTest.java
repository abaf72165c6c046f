package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.boot.Database;
import io.busyhour.cli.simulate.SimulatedDay;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole projection on PostgreSQL: what it shows is what it shows on H2. */
class PostgresTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/catalogue/events.ndjson");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Tables that the projection does not fill: Flyway's own, the journal's, and the webhooks'. */
  private static final Set<String> OTHERS =
      Set.of(
          "flyway_schema_history",
          "journal",
          "journal_keys",
          "journal_ledger",
          "journal_tip",
          "webhook_outbox",
          "webhook_subscriptions");

  private static EmbeddedPostgres server;
  private static int databases;

  private Database database;
  private Stage postgres;
  private Stage h2;

  @BeforeAll
  static void startServer() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void open() throws SQLException {
    String name = "projection_" + ++databases;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    String url = "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), name);
    database = Database.open(url, "postgres", "");
    postgres = new Stage(database.dataSource());
    h2 = new Stage();
  }

  @AfterEach
  void close() {
    h2.close();
    postgres.close();
    database.close();
  }

  @Test
  void catalogue_oneEventOfEach_fillsEveryTableAndShowsTheSame() throws Exception {
    List<Delivery> deliveries = new ArrayList<>();
    for (String line : Files.readAllLines(CATALOGUE)) {
      Map<String, Object> sent = JSON.readValue(line, new TypeReference<>() {});
      double ago = ((Number) sent.get("ago")).doubleValue();
      Instant time = NOON.minusMillis(Math.round(ago * 1000));
      @SuppressWarnings("unchecked")
      Map<String, Object> data = (Map<String, Object>) sent.get("data");
      deliveries.add(delivery(deliveries.size(), said((String) sent.get("type"), time, data)));
    }
    deliveries.add(
        delivery(
            deliveries.size(),
            said(
                "twilio.call_callback",
                NOON,
                Map.of("account", "AC1", "status", "completed", "call_id", "call-1"))));
    deliveries.add(
        delivery(
            deliveries.size(),
            said("call.quality", NOON, Map.of("call_id", "unknown", "jitter_ms", 6, "mos", 4))));
    deliveries.add(
        delivery(
            deliveries.size(),
            said(
                "webhook.attempted",
                NOON,
                Map.of("delivery_id", "unknown", "attempt", 1, "result", "delivered"))));
    // Its families are widened over restarts.
    for (String tag : List.of("a", "b", "b", "c", "a", "d")) {
      Map<String, Object> metric =
          Map.of("name", "n", "samples", 1, "tags", Map.of(tag, "x"), "change", 1, "amount", 1);
      for (String type : List.of("statsd.counted", "statsd.gauge_changed")) {
        deliveries.add(delivery(deliveries.size(), said(type, NOON, metric)));
      }
    }
    for (int sessions : new int[] {3, 4}) {
      deliveries.add(
          delivery(
              deliveries.size(),
              said(
                  "line.sessions_sampled",
                  NOON.plusSeconds(sessions),
                  Map.of("state", "hold", "sessions", sessions, "account", "sampled"))));
    }
    rooms().forEach(said -> deliveries.add(delivery(deliveries.size(), said)));
    receive(deliveries, 5);
    assertThat(emptyTables()).isEmpty();
    assertSame();
  }

  /** A call whose end and whose recording wait until more is known of its room. */
  private static List<Occurrence> rooms() {
    Map<String, Object> left = Map.of("room_id", "r1", "participant_id", "p1", "call_id", "CA1");
    return List.of(
        said("room.recorded", NOON, Map.of("room_name", "lobby", "recording_id", "e1")),
        said("room.call_left", NOON, left),
        said(
            "room.joined",
            NOON.minusSeconds(9),
            Map.of("room_id", "r2", "participant_id", "u1", "kind", "user", "room_name", "lobby")),
        said("room.left", NOON, Map.of("room_id", "r2", "participant_id", "u1")),
        said("room.finished", NOON, Map.of("room_id", "r2")));
  }

  @Test
  void day_inAnyOrder_showsTheSame() {
    List<Delivery> day = new ArrayList<>();
    SimulatedDay.before(NOON, 4, 1_500)
        .forEach(sent -> day.add(Delivery.of(sent.key(), sent.occurrence())));
    Collections.shuffle(day, new Random(4));
    receive(day, 400);
    assertSame();
  }

  private static Delivery delivery(int number, Occurrence occurrence) {
    return Delivery.of(new EventKey("catalogue", Integer.toString(number)), occurrence);
  }

  /** PostgreSQL takes them group by group, between which its server is started anew. */
  private void receive(List<Delivery> deliveries, int group) {
    deliveries.forEach(h2.journal::receive);
    for (int i = 0; i < deliveries.size(); i++) {
      postgres.journal.receive(deliveries.get(i));
      if (i % group == group - 1) {
        postgres.catchUp();
        postgres.restart();
      }
    }
    postgres.catchUp();
    h2.catchUp();
  }

  private void assertSame() {
    assertThat(lines(postgres)).isEqualTo(lines(h2));
    h2.settle();
    postgres.settle();
    h2.pass(Duration.ofMinutes(3));
    postgres.pass(Duration.ofMinutes(3));
    List<String> settled = lines(h2);
    assertThat(lines(postgres)).isEqualTo(settled);
    postgres.restart();
    postgres.catchUp();
    assertThat(lines(postgres)).isEqualTo(settled);
    Instant before = NOON.plus(Duration.ofDays(1));
    assertThat(postgres.forget(before)).isPositive().isEqualTo(h2.forget(before));
    assertThat(lines(postgres)).isEqualTo(settled);
    postgres.restart();
    postgres.catchUp();
    assertThat(lines(postgres)).isEqualTo(settled);
  }

  private static List<String> lines(Stage stage) {
    return Arrays.asList(stage.scrape().split("\n", -1));
  }

  private Set<String> emptyTables() throws SQLException {
    Set<String> empty = new TreeSet<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet tables =
            connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        String table = tables.getString("TABLE_NAME");
        if (!OTHERS.contains(table)) {
          try (ResultSet row = statement.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
            if (!row.next()) {
              empty.add(table);
            }
          }
        }
      }
    }
    return empty;
  }
}
