package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.event.Occurrence;
import io.busyhour.receive.DoorServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final String LABELS =
      "account=\"12\",caller_phone_type=\"\",caller_session_type=\"\",campaign=\"345\","
          + "campaign_type=\"power\"";
  private static final String SESSIONS =
      "{account=\"12\",campaign=\"345\",campaign_type=\"power\"} ";

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence line(String type, Instant time, Object... fields) {
    Map<String, Object> data = new HashMap<>();
    data.put("account", "12");
    data.put("campaign", "345");
    data.put("campaign_type", "power");
    for (int i = 0; i < fields.length; i += 2) {
      data.put(fields[i].toString(), fields[i + 1]);
    }
    return said("line." + type, time, data);
  }

  private void receive(String type, int second, Object... fields) {
    stage.journal.receive(line(type, NOON.plusSeconds(second), fields));
  }

  private String scrape() {
    stage.catchUp();
    return stage.scrape();
  }

  @Test
  void counts_areAddedExactly() {
    for (int i = 0; i < 10; i++) {
      receive("counted", i, "metric", "dial.cost", "amount", "0.1");
    }
    assertThat(scrape()).contains("librato_count_total{" + LABELS + ",metric=\"dial.cost\"} 1.0\n");
  }

  @Test
  void sample_isTheLatestByTime() {
    receive("sampled", 5, "metric", "queue", "value", 7);
    receive("sampled", 1, "metric", "queue", "value", 99);
    receive("sampled", 5, "metric", "queue", "value", 8);
    assertThat(scrape()).contains("librato_sample{" + LABELS + ",metric=\"queue\"} 8.0\n");
  }

  @Test
  void measures_areDistributed() {
    receive("measured", 0, "metric", "load", "seconds", 0.038);
    receive("measured", 0, "metric", "load", "seconds", 1200);
    String family = "librato_measure_seconds";
    String labels = LABELS + ",metric=\"load\"";
    assertThat(scrape())
        .contains(family + "_bucket{" + labels + ",le=\"0.025\"} 0\n")
        .contains(family + "_bucket{" + labels + ",le=\"0.05\"} 1\n")
        .contains(family + "_bucket{" + labels + ",le=\"3600.0\"} 2\n")
        .contains(family + "_sum{" + labels + "} 1200.038\n");
  }

  @Test
  void dialer_isInTheFamiliesOfItsEvents() {
    receive("dialer_counted", 0, "tally", "requests", "amount", 3);
    receive("dialer_counted", 0, "tally", "requests_completed", "amount", 2);
    receive("dialer_counted", 0, "tally", "responses_error", "amount", "0.5");
    receive("dialer_timed", 0, "leg", "contact", "result", "answered", "seconds", 2.314);
    receive("dialer_timed", 0, "leg", "caller", "result", "answered", "seconds", 2.314);
    Map<String, Object> request = new HashMap<>(Map.of("request_id", "r", "leg", "contact"));
    request.putAll(Map.of("account", "12", "campaign", "345", "campaign_type", "Power"));
    stage.journal.receive(said("dialer.requested", NOON, request));
    assertThat(scrape())
        .contains("dialer_requests_total{" + LABELS + "} 4.0\n")
        .contains("dialer_requests_completed_total{" + LABELS + "} 2.0\n")
        .contains("dialer_requests_error_total{" + LABELS + "} 0.0\n")
        .contains("dialer_responses_completed_total{" + LABELS + "} 0.0\n")
        .contains("dialer_responses_error_total{" + LABELS + "} 0.5\n")
        .contains("dialer_contact_answered_seconds_sum{" + LABELS + "} 2.314\n");
  }

  @Test
  void work_isInTheFamiliesOfItsEvents() {
    receive("autoscale_counted", 0, "process", "web", "what", "total", "amount", 2);
    receive("autoscale_counted", 0, "process", "web", "what", "up", "amount", 1);
    receive("jobs_counted", 0, "process", "web", "job_name", "mail", "amount", 3);
    receive("jobs_counted", 0, "process", "web", "amount", 3);
    receive(
        "jobs_counted",
        0,
        "process",
        "web",
        "job_name",
        "mail",
        "status",
        "error",
        "cause",
        "mysql2_error",
        "amount",
        1);
    receive(
        "jobs_counted",
        0,
        "process",
        "web",
        "job_name",
        "mail",
        "status",
        "error",
        "cause",
        "{id} and more",
        "amount",
        1);
    String mail = "job_name=\"mail\",process=\"web\",status=";
    assertThat(scrape())
        .contains("autoscale_requests_total{process=\"web\"} 2.0")
        .contains("autoscale_up_total{process=\"web\"} 1.0")
        .contains("autoscale_down_total{process=\"web\"} 0.0")
        .contains("autoscale_errors_total{process=\"web\"} 0.0")
        .contains("jobs_total{cause=\"\"," + mail + "\"\"} 3.0")
        .contains("jobs_total{cause=\"\",job_name=\"\",process=\"web\",status=\"\"} 3.0")
        .contains("jobs_total{cause=\"mysql2_error\"," + mail + "\"error\"} 1.0")
        .contains("jobs_total{cause=\"other\"," + mail + "\"error\"} 1.0")
        .contains("jobs_total{cause=\"\"," + mail + "\"completed\"} 0.0");
  }

  @Test
  void sessions_areAsSampledWhereThereAreNoRows() {
    sampled(5, "hold", 3);
    sampled(1, "hold", 9);
    assertThat(scrape())
        .contains("dialer_caller_sessions_hold" + SESSIONS + "3.0")
        .doesNotContain("dialer_caller_sessions_on_call{");
    stage.restart();
    sampled(4, "hold", 8);
    assertThat(scrape()).contains("dialer_caller_sessions_hold" + SESSIONS + "3.0");
    session("on_call", 6);
    assertThat(scrape())
        .contains("dialer_caller_sessions_hold" + SESSIONS + "0.0")
        .contains("dialer_caller_sessions_on_call" + SESSIONS + "1.0");
    sampled(7, "hold", 8);
    assertThat(scrape()).contains("dialer_caller_sessions_hold" + SESSIONS + "0.0");
  }

  private void sampled(int second, String state, int sessions) {
    receive("sessions_sampled", second, "state", state, "sessions", sessions);
  }

  private void session(String state, int second) {
    stage.journal.receive(
        said(
            "caller_session.changed",
            NOON.plusSeconds(second),
            Map.of(
                "caller_session_id", "s1",
                "state", state,
                "account", "12",
                "campaign", "345",
                "campaign_type", "Power")));
  }

  @Test
  void sessions_sampledLongAgo_areNotShown() {
    sampled(0, "hold", 3);
    assertThat(scrape()).contains("dialer_caller_sessions_hold" + SESSIONS + "3.0");
    stage.hand.turn(Stage.IDLE.series().plusMinutes(5));
    assertThat(scrape()).doesNotContain("dialer_caller_sessions_hold{");
    stage.journal.pass(Stage.IDLE.series().plusMinutes(5));
    sampled(0, "on_call", 1);
    assertThat(scrape()).contains("dialer_caller_sessions_on_call" + SESSIONS + "1.0");
    stage.restart();
    assertThat(scrape())
        .contains("dialer_caller_sessions_on_call" + SESSIONS + "1.0")
        .doesNotContain("dialer_caller_sessions_hold{");
  }

  @Test
  void anyOrder_repetitionAndRestart_giveTheSameFigures() throws Exception {
    List<Delivery> deliveries = drained("heroku.logplex", "dialer.txt");
    deliveries.forEach(stage.journal::receive);
    String expected = figures(scrape());
    assertThat(expected.lines()).hasSizeGreaterThan(30);
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<Delivery> again = new ArrayList<>(deliveries);
      again.addAll(deliveries.subList(0, random.nextInt(deliveries.size())));
      Collections.shuffle(again, random);
      try (Stage other = new Stage()) {
        for (Delivery each : again) {
          other.journal.receive(each);
          if (random.nextInt(3) == 0) {
            other.catchUp();
            other.restart();
          }
        }
        other.catchUp();
        assertThat(figures(other.scrape())).isEqualTo(expected);
      }
    }
  }

  /** What the door makes of payloads, in deliveries of one line each, all under keys of theirs. */
  private static List<Delivery> drained(String... payloads) throws Exception {
    try (DoorServer server = DoorServer.start()) {
      for (String payload : payloads) {
        byte[] body;
        try (var in = LineTest.class.getResourceAsStream("/payloads/librato/" + payload)) {
          body = in.readAllBytes();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        boolean isFramed = payload.endsWith(".logplex");
        for (String line : text.split("(?<=\n)", -1)) {
          if (!line.isEmpty()) {
            post(server, isFramed ? "application/logplex-1" : "text/plain", line);
          }
        }
      }
      assertThat(server.journal().refused()).isEmpty();
      return server.journal().stored();
    }
  }

  private static void post(DoorServer server, String type, String body) {
    HttpRequest.Builder request =
        server
            .to("/l2met")
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + DoorServer.TOKEN)
            .POST(BodyPublishers.ofString(body));
    assertThat(server.send(request).statusCode()).isEqualTo(204);
  }

  private static String figures(String scrape) {
    return scrape
        .lines()
        .filter(line -> line.matches("(librato|dialer|jobs|autoscale)_.*"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void scrape_hasNothingOfAPhoneNumber() throws Exception {
    drained("heroku.logplex", "dialer.txt").forEach(stage.journal::receive);
    assertThat(scrape())
        .contains("metric=\"dialer.call_voter\"")
        .contains("metric=\"twiml.fallback_url_hit\"")
        .doesNotContain("303555", "5550123", "CA000", "9981", "example");
  }

  /** A Busyhour that reads what another one writes has the same figures in the same families. */
  @Test
  void lines_ofAnotherBusyhour_areReadBack() {
    work();
    session("hold", 0);
    session("on_call", 1);
    stage.catchUp();
    stage.settle();
    stage.pass(Duration.ofMinutes(3));
    List<String> lines = List.copyOf(stage.l2met);
    assertThat(lines).hasSizeGreaterThan(20);
    try (DoorServer server = DoorServer.start();
        Stage reader = new Stage()) {
      post(server, "text/plain", String.join("\n", lines));
      assertThat(server.journal().refused()).isEmpty();
      server.journal().stored().forEach(reader.journal::receive);
      reader.catchUp();
      TreeSet<String> expected = new TreeSet<>(shared(stage.scrape()));
      // A job is one job in Librato, however it ended, and a time-out is an error like any other.
      expected.removeIf(line -> line.startsWith("jobs_total") || line.contains("_abandoned_"));
      TreeSet<String> found = new TreeSet<>(shared(reader.scrape()));
      assertThat(found)
          .contains(
              "jobs_total{cause=\"\",job_name=\"debit\",process=\"billing\",status=\"\"} 2.0");
      found.removeIf(line -> line.startsWith("jobs_total"));
      assertThat(found).isEqualTo(expected).hasSizeGreaterThan(60);
    }
  }

  private static List<String> shared(String scrape) {
    return figures(scrape).lines().filter(line -> !line.endsWith("_created")).toList();
  }

  private void work() {
    List<String> results = List.of("answered", "busy", "error", "redirect");
    for (int i = 0; i < 9; i++) {
      Map<String, Object> request = new HashMap<>();
      request.put("request_id", "r" + i);
      request.put("leg", List.of("contact", "transfer", "caller").get(i % 3));
      request.put("account", "12");
      request.put("campaign", "34" + i % 2);
      request.put("campaign_type", "Predictive");
      request.put("caller_session_id", "9981");
      request.put("caller_session_type", "Webui");
      stage.journal.receive(said("dialer.requested", NOON, request));
      if (i > 0) {
        Map<String, Object> response =
            Map.of(
                "request_id", "r" + i, "result", results.get(i % 4), "http_status", 200 + 50 * i);
        Instant at = NOON.plusMillis(137L * i);
        stage.journal.receive(said("dialer.responded", at, response));
      }
    }
    for (String action : List.of("up", "down", "none")) {
      stage.journal.receive(
          said("autoscale.done", NOON, Map.of("process", "web", "action", action, "error", true)));
    }
    for (String status : List.of("started", "completed", "error")) {
      stage.journal.receive(
          said(
              "job.done",
              NOON,
              Map.of("process", "billing", "job_name", "debit", "status", status)));
    }
  }
}
