package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.journal.HandClock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the figures are healthy and when not, and who may ask for them. */
class FigureHealthTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-20T12:02:30Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final HandClock hand = new HandClock(NOW);

  @TempDir private Path folder;

  private Running start() {
    return Running.start(folder, Map.of("busyhour.health.max-active", "2"), hand.clock());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static void assertHealth(Running server, int status, String... warnings) {
    HttpResponse<String> answer = server.get("/metrics/health");
    List<String> found = new ArrayList<>();
    json(answer).path("warnings").forEach(warning -> found.add(warning.asText()));
    assertThat(found).containsExactly(warnings);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).path("status").asText())
        .isEqualTo(status == 200 ? "healthy" : "degraded");
  }

  private static History ended(History history, String id, Instant time, String outcome) {
    return history.say("call.ended", id, time, "\"outcome\":\"" + outcome + "\"");
  }

  @Test
  void views_ofAnEmptyDatabase_areSensible() {
    try (Running server = start()) {
      assertHealth(server, 200);
      assertThat(json(server.get("/metrics/health")).path("indicators").toString())
          .isEqualTo(
              "{\"calls_last_hour\":0,\"success_rate\":null,\"active_calls\":0,"
                  + "\"avg_duration\":null}");
      JsonNode dashboard = json(server.get("/metrics/dashboard"));
      assertThat(dashboard.path("summary").toString())
          .isEqualTo(
              "{\"total_calls\":0,\"total_calls_delta\":null,\"success_rate\":null,"
                  + "\"success_rate_delta\":null,\"avg_duration\":null,"
                  + "\"avg_duration_delta\":null,\"active_now\":0}");
      assertThat(dashboard.path("duration").toString())
          .isEqualTo(
              "{\"avg\":null,\"min\":null,\"max\":null,\"p50\":null,\"p95\":null,\"p99\":null,"
                  + "\"total_seconds\":0.0}");
      assertThat(json(server.get("/metrics/hourly")).path("timeseries")).hasSize(24);
      assertThat(json(server.get("/metrics/daily")).path("timeseries")).hasSize(30);
      assertThat(server.get("/zombie-calls").body())
          .isEqualTo("{\"zombies\":[],\"count\":0,\"threshold\":3600}");
      assertThat(server.post("/cleanup-stale-calls", "application/json", "").body())
          .isEqualTo(
              "{\"success\":true,\"dry_run\":false,\"threshold\":3600,\"cleaned_count\":0,"
                  + "\"cleaned_calls\":[],\"remaining\":0,\"errors\":[]}");
      assertThat(json(server.get("/metrics/json")).path("metrics").path("voice_calls_active"))
          .hasToString("0");
    }
  }

  @Test
  void health_followsTheLastHour() {
    try (Running server = start()) {
      History history = new History("switch");
      for (int i = 0; i < 5; i++) {
        ended(history, "old" + i, NOW.minus(DAY.multipliedBy(40)).plusSeconds(i), "failed");
      }
      history.say("call.initiated", "fresh", NOW.minusSeconds(1), "").send(server);
      // Failures of long ago and a call that has just begun are no trouble.
      assertHealth(server, 200);
      for (int i = 0; i < 4; i++) {
        ended(history, "f" + i, NOW.minusSeconds(100 - i), "failed");
      }
      history.send(server);
      assertHealth(server, 200, "Multiple recent failures: 4 of the last 4 calls that ended.");
      ended(history, "ok0", NOW.minusSeconds(200), "completed").send(server);
      String recent = "Multiple recent failures: 4 of the last 5 calls that ended.";
      assertHealth(server, 200, recent);
      for (int i = 1; i < 5; i++) {
        ended(history, "ok" + i, NOW.minusSeconds(300 + i), "completed");
      }
      history.send(server);
      assertHealth(server, 200, recent);
      ended(history, "f4", NOW.minusSeconds(90), "timeout").send(server);
      assertHealth(
          server,
          503,
          "Low success rate: 50.0% of 10 calls that ended in the last hour.",
          "Multiple recent failures: 5 of the last 5 calls that ended.");
      hand.turn(Duration.ofMinutes(70));
      assertHealth(server, 200);
    }
  }

  @Test
  void health_isJudgedByTheShareThatIsAskedFor() {
    Map<String, String> settings = Map.of("busyhour.health.min-success", "30");
    try (Running server = Running.start(folder, settings, hand.clock())) {
      History history = new History("dialer");
      for (int i = 0; i < 7; i++) {
        ended(history, "n" + i, NOW.minusSeconds(100 - i), "no_answer");
      }
      for (int i = 0; i < 3; i++) {
        ended(history, "y" + i, NOW.minusSeconds(50 - i), "completed");
      }
      history.send(server);
      assertHealth(server, 200);
      ended(history, "n7", NOW.minusSeconds(10), "no_answer").send(server);
      assertHealth(server, 503, "Low success rate: 27.3% of 11 calls that ended in the last hour.");
    }
  }

  @Test
  void latestEnds_areKeptOverARestart() {
    try (Running server = start()) {
      History history = new History("switch");
      for (int i = 0; i < 5; i++) {
        ended(history, "f" + i, NOW.minusSeconds(100 - i), "failed");
      }
      history.send(server);
    }
    try (Running server = start()) {
      String said = "Multiple recent failures: %d of the last 5 calls that ended.";
      assertHealth(server, 200, said.formatted(5));
      // An earlier end of a call is the one that stands.
      History history = new History("another switch");
      ended(history, "f0", NOW.minusSeconds(120), "busy");
      ended(history, "f1", NOW.minusSeconds(121), "busy").send(server);
      assertHealth(server, 200);
    }
  }

  @Test
  void zombies_warnAndAreEnded() {
    try (Running server = start()) {
      History history = new History("switch");
      for (int i = 0; i < 3; i++) {
        history.say("call.initiated", "z" + i, NOW.minusSeconds(i), "");
      }
      history.send(server);
      hand.turn(Duration.ofMinutes(59));
      assertHealth(server, 200);
      hand.turn(Duration.ofMinutes(2));
      assertHealth(
          server, 200, "High active calls: 3 are open for over an hour; see /zombie-calls.");
      JsonNode done = json(server.post("/cleanup-stale-calls", "text/plain", "{}"));
      assertThat(done.path("cleaned_count").asInt()).isEqualTo(3);
      assertThat(done.path("cleaned_calls").path(0).path("call_id").asText()).isEqualTo("z2");
      assertThat(done.path("success").asBoolean()).isTrue();
      assertThat(done.path("remaining").asInt()).isZero();
      assertHealth(server, 200);
      assertThat(json(server.get("/calls/z1")).path("status").asText()).isEqualTo("timeout");
      JsonNode dashboard = json(server.get("/metrics/dashboard"));
      assertThat(dashboard.path("breakdown").path("failure_reasons").toString())
          .isEqualTo("{\"stale\":3}");
      assertThat(dashboard.path("summary").path("success_rate").isNull()).isTrue();
    }
  }

  @Test
  void reasonOfAFailure_hidesFourDigitsOfANumber() {
    String reason = ",\"error_type\":\"no route to +13035550123\"";
    try (Running server = start()) {
      new History("switch")
          .say("call.ended", "a", NOW.minusSeconds(9), "\"outcome\":\"failed\"" + reason)
          .send(server);
      String reasons = "{\"no route to +1303555****\":1}";
      JsonNode dashboard = json(server.get("/metrics/dashboard"));
      assertThat(dashboard.path("breakdown").path("failure_reasons")).hasToString(reasons);
      JsonNode failures = json(server.get("/metrics/failures")).path("failures");
      assertThat(failures.path(0).path("failure_reason").asText())
          .isEqualTo("no route to +1303555****");
    }
  }

  @Test
  void roles_areAsked() throws Exception {
    Path tokens = folder.resolve("tokens");
    Files.writeString(tokens, token("ingest") + token("read") + token("admin") + token("read,pii"));
    Map<String, String> settings = Map.of("busyhour.tokens", tokens.toString());
    try (Running server = Running.start(folder, settings, hand.clock())) {
      for (String path :
          List.of(
              "/metrics/json",
              "/metrics/prometheus",
              "/metrics/health",
              "/metrics/dashboard",
              "/metrics/hourly",
              "/metrics/daily",
              "/zombie-calls")) {
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(401);
        assertThat(server.send(server.as("ingest", path)).statusCode()).as(path).isEqualTo(403);
        assertThat(server.send(server.as("read", path)).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(cleanup(server, "read")).isEqualTo(403);
      assertThat(cleanup(server, "admin")).isEqualTo(200);
    }
  }

  private static int cleanup(Running server, String token) {
    HttpRequest request =
        server
            .request("/cleanup-stale-calls")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody())
            .build();
    return server.send(request).statusCode();
  }

  /** A token that is its own name. */
  private static String token(String roles) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(roles.getBytes(StandardCharsets.US_ASCII));
    return "%s %s %s%n".formatted(roles.replace(',', '-'), roles, HexFormat.of().formatHex(hash));
  }
}
