package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.journal.HandClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole bodies of the views that show sums, of one fixed history at a fixed time. */
class FigureViewsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-20T12:02:30Z");
  private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(\\{(.*)})? (\\S+)");

  private static Running server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Duration later = Duration.ofMinutes(10);
    HandClock hand = new HandClock(NOW.minus(later));
    server = Running.start(folder, Map.of(), hand.clock());
    // What was just heard of may be followed by its end at once, so it is no zombie yet.
    new History("switch")
        .say(
            "call.initiated",
            "stale",
            at("20T10:00:00Z"),
            "\"direction\":\"outbound\",\"from\":\"+13035550123\",\"to\":\"+12125550145\"")
        .send(server);
    hand.turn(later);
    day().send(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-" + time);
  }

  private static History day() {
    String outbound = "\"direction\":\"outbound\"";
    String inbound = "\"direction\":\"inbound\"";
    return new History("switch")
        .say("call.initiated", "a", at("20T11:52:30Z"), outbound + ",\"campaign_id\":\"c1\"")
        .say("call.answered", "a", at("20T11:52:40Z"), "")
        .say("call.quality", "a", at("20T11:53:00Z"), "\"mos\":4.2,\"packet_loss\":0.01")
        .say(
            "call.ended",
            "a",
            at("20T11:53:40Z"),
            "\"outcome\":\"completed\",\"duration_seconds\":60,\"has_transcript\":true")
        .say("call.initiated", "b", at("20T11:40:00Z"), inbound + ",\"campaign_id\":\"c1\"")
        .say("call.ended", "b", at("20T11:40:10Z"), "\"outcome\":\"failed\",\"sip_code\":503")
        .say("call.initiated", "c", at("20T03:10:00Z"), inbound + ",\"campaign_id\":\"c2\"")
        .say(
            "call.ended",
            "c",
            at("20T03:11:00Z"),
            "\"outcome\":\"completed\",\"duration_seconds\":30,\"has_transcript\":false")
        .say("call.initiated", "fresh", at("20T12:01:00Z"), outbound)
        .say("call.initiated", "e", at("19T11:00:00Z"), outbound + ",\"account\":\"acme\"")
        .say(
            "call.ended",
            "e",
            at("19T11:02:00Z"),
            "\"outcome\":\"completed\",\"duration_seconds\":100")
        .say("call.initiated", "f", at("19T10:30:00Z"), outbound)
        .say("call.ended", "f", at("19T10:30:20Z"), "\"outcome\":\"busy\"");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static void assertBody(String path, String expected) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(json(answer.body())).isEqualTo(json(expected));
  }

  @Test
  void ledger_tellsHowLongASourceIsSilent() {
    JsonNode line = server.json("/ledger").get("sources").get(0);
    assertThat(line.get("source").asText()).isEqualTo("switch");
    assertThat(line.get("last_event").asText()).isEqualTo("2026-11-20T12:01:00Z");
    assertThat(line.get("silent_seconds").asLong()).isEqualTo(90);
  }

  private static String hour(String hour, String rest) {
    return "{\"hour\":\"2026-11-%s:00:00Z\",%s}".formatted(hour, rest);
  }

  /** The 24 hours of the history, with what is in four of them. */
  private static String hours() {
    Map<Integer, String> filled =
        Map.of(
            3, "\"total\":1,\"completed\":1,\"failed\":0,\"avg_duration\":30.0",
            10, "\"total\":1,\"completed\":0,\"failed\":0,\"avg_duration\":null",
            11, "\"total\":2,\"completed\":1,\"failed\":1,\"avg_duration\":60.0",
            12, "\"total\":1,\"completed\":0,\"failed\":0,\"avg_duration\":null");
    String none = "\"total\":0,\"completed\":0,\"failed\":0,\"avg_duration\":null";
    return IntStream.rangeClosed(-11, 12)
        .mapToObj(
            h ->
                hour(
                    "%dT%02d".formatted(h < 0 ? 19 : 20, Math.floorMod(h, 24)),
                    filled.getOrDefault(h, none)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void dashboard_isOfTheDayAndTheDayBefore() {
    assertBody(
        "/metrics/dashboard",
        """
        {"generated_at":"2026-11-20T12:02:30Z",
         "period":{"start":"2026-11-19T12:00:00Z","end":"2026-11-20T12:02:30Z"},
         "summary":{"total_calls":5,"total_calls_delta":150.0,"success_rate":66.7,
           "success_rate_delta":16.7,"avg_duration":45.0,"avg_duration_delta":-55.0,
           "active_now":2},
         "breakdown":{
           "by_status":{"completed":2,"failed":1,"timeout":0,"cancelled":0,"active":2,"busy":0,
             "no_answer":0,"rejected":0,"abandoned":0},
           "by_type":{"inbound":2,"outbound":3},
           "failure_reasons":{"sip_503":1}},
         "duration":{"avg":45.0,"min":30.3,"max":59.7,"p50":30.3,"p95":30.3,"p99":30.3,
           "total_seconds":90.0},
         "transcript":{"calls_with_transcript":1,"transcript_rate":50.0},
         "timeseries":{"hourly":%s},
         "quality":{"asr":{"value":66.7,"samples":3},"acd":{"value":45.0,"samples":2},
           "ner":{"value":66.7,"samples":3},"mos":{"value":4.2,"samples":1},
           "loss":{"value":0.01,"samples":1}},
         "campaigns":{"since":"2026-11-19T12:00:00Z","top":[
           {"campaign_id":"c1","total":2,"completed":1,"failed":1,"avg_duration":60.0,
            "success_rate":50.0},
           {"campaign_id":"c2","total":1,"completed":1,"failed":0,"avg_duration":30.0,
            "success_rate":100.0}]}}
        """
            .formatted(hours()));
  }

  @Test
  void hourly_endsWithTheRunningHour() {
    assertBody("/metrics/hourly", "{\"timeseries\":%s,\"hours\":24}".formatted(hours()));
    assertBody(
        "/metrics/hourly?hours=2&campaign=c1",
        """
        {"timeseries":[
          {"hour":"2026-11-20T11:00:00Z","total":2,"completed":1,"failed":1,"avg_duration":60.0},
          {"hour":"2026-11-20T12:00:00Z","total":0,"completed":0,"failed":0,"avg_duration":null}],
         "hours":2}
        """);
    assertThat(json(server.get("/metrics/hourly?hours=2160").body()).path("timeseries"))
        .hasSize(2160);
  }

  @Test
  void view_askedForPacked_isPackedIfItIsLong() throws Exception {
    String path = "/metrics/hourly?hours=100";
    HttpResponse<byte[]> packed = packed(path, "br, gzip;q=0.5");
    assertThat(packed.headers().allValues("Content-Encoding")).containsExactly("gzip");
    assertThat(packed.headers().allValues("Vary")).containsExactly("Accept-Encoding");
    String plain = server.get(path).body();
    try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
    }
    assertThat(packed.body().length).isLessThan(plain.length() / 4);
    assertThat(packed(path, "gzip;q=0").headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(packed("/metrics/hourly?hours=2", "gzip").headers().firstValue("Content-Encoding"))
        .isEmpty();
  }

  private static HttpResponse<byte[]> packed(String path, String encodings) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          server.request(path).header("Accept-Encoding", encodings).build(),
          BodyHandlers.ofByteArray());
    }
  }

  @Test
  void daily_endsWithToday() {
    String before =
        "{\"date\":\"2026-11-18\",\"total\":0,\"completed\":0,\"failed\":0,"
            + "\"avg_duration\":null,\"success_rate\":null}";
    assertBody(
        "/metrics/daily?days=3",
        """
        {"timeseries":[%s,
          {"date":"2026-11-19","total":2,"completed":1,"failed":0,"avg_duration":100.0,
           "success_rate":50.0},
          {"date":"2026-11-20","total":5,"completed":2,"failed":1,"avg_duration":45.0,
           "success_rate":66.7}],
         "days":3}
        """
            .formatted(before));
    assertBody(
        "/metrics/daily?days=2&account=acme",
        """
        {"timeseries":[
          {"date":"2026-11-19","total":1,"completed":1,"failed":0,"avg_duration":100.0,
           "success_rate":100.0},
          {"date":"2026-11-20","total":0,"completed":0,"failed":0,"avg_duration":null,
           "success_rate":null}],
         "days":2}
        """);
  }

  @Test
  void health_isOfTheLastHour() {
    String body = server.get("/metrics/health").body();
    JsonNode sizes = json(body);
    assertThat(sizes.path("metric_families").asInt()).isGreaterThan(50);
    assertThat(sizes.path("total_metrics").asInt())
        .isGreaterThan(sizes.path("metric_families").asInt() / 2);
    assertThat(json(body.replaceAll("(families|metrics)\":\\d+", "$1\":0")))
        .isEqualTo(
            json(
                """
                {"status":"healthy","timestamp":"2026-11-20T12:02:30Z",
                 "indicators":{"calls_last_hour":3,"success_rate":50.0,"active_calls":2,
                   "avg_duration":60.0},
                 "warnings":[],"registry":"application","metric_families":0,"total_metrics":0,
                 "collectors":{"campaign_metrics":"registered","webhook_metrics":"registered",
                   "dialer_metrics":"registered","journal":"up","projection":"up","store":"up"}}
                """));
  }

  @Test
  void zombies_areMasked() {
    String zombie =
        """
        {"call_id":"stale","status":"active","source":"switch","direction":"outbound",
         "from":"+1303555****","to":"+1212555****","zone":"INTERSTATE",
         "origination_country":"US","destination_country":"US",
         "started_at":"2026-11-20T10:00:00Z","last_event_at":"2026-11-20T10:00:00Z",
         "reaped":false,"age_seconds":7350}
        """;
    assertBody(
        "/zombie-calls", "{\"zombies\":[%s],\"count\":1,\"threshold\":3600}".formatted(zombie));
    assertBody("/zombie-calls?threshold=7351", "{\"zombies\":[],\"count\":0,\"threshold\":7351}");
    HttpResponse<String> dry =
        server.post("/cleanup-stale-calls", "application/json", "{\"dry_run\":true}");
    assertThat(json(dry.body()))
        .isEqualTo(
            json(
                """
                {"success":true,"dry_run":true,"threshold":3600,"cleaned_count":1,
                 "cleaned_calls":[%s],"remaining":1,"errors":[]}
                """
                    .formatted(zombie)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/metrics/hourly?hours=0 | hours must be a whole number from 1 to 2160.",
        "/metrics/hourly?hours=2161 | hours must be a whole number from 1 to 2160.",
        "/metrics/hourly?hours=abc | hours must be a whole number from 1 to 2160.",
        "/metrics/daily?days=-5 | days must be a whole number from 1 to 400.",
        "/metrics/daily?days=999999999999 | days must be a whole number from 1 to 400.",
        "/metrics/daily?campaign=a&account=b"
            + " | campaign and account exclude each other: ask for one of them.",
        "/zombie-calls?threshold=59 | threshold must be a whole number from 60 to 604800."
      })
  void parameter_outOfRange_isRefusedWithTheRange(String path, String message) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"invalid_value\",\"message\":\"%s\"}".formatted(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | malformed_json",
        "{} {} | malformed_json",
        "[] | wrong_type",
        "{\"dryrun\":true} | invalid_value",
        "{\"dry_run\":\"yes\"} | invalid_value",
        "{\"threshold\":59} | invalid_value",
        "{\"threshold\":3600.5} | invalid_value",
        "{\"threshold\":\"3600\"} | invalid_value"
      })
  void cleanup_badBody_endsNothing(String body, String error) {
    HttpResponse<String> answer = server.post("/cleanup-stale-calls", "application/json", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"error\":\"" + error + "\",\"message\":\"");
    assertThat(json(server.get("/zombie-calls").body()).path("count").asInt()).isOne();
  }

  @Test
  void prometheus_isTheVoiceFamiliesOfAScrape() {
    String scrape = server.get("/metrics").body();
    String voice =
        scrape
            .lines()
            .filter(line -> line.matches("(# (HELP|TYPE) )?voice_.*"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    HttpResponse<String> answer = server.get("/metrics/prometheus");
    assertThat(answer.body()).isEqualTo(voice).contains("\nvoice_calls_active 2.0\n");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    HttpRequest open =
        server
            .request("/metrics/prometheus?name=voice_calls_active")
            .header("Accept", "application/openmetrics-text;version=1.0.0")
            .build();
    assertThat(server.send(open).body())
        .isEqualTo(
            """
            # TYPE voice_calls_active gauge
            # HELP voice_calls_active Calls without an end.
            voice_calls_active 2.0
            # EOF
            """);
  }

  @Test
  void json_isTheSamplesOfAScrape() {
    Map<String, Double> expected = new TreeMap<>();
    Matcher lines = SAMPLE.matcher("");
    server
        .get("/metrics?scope=application")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#") && lines.reset(line).matches())
        .forEach(
            line -> {
              String labels = lines.group(3) == null ? "" : lines.group(3).replace("\"", "");
              double value = Double.parseDouble(lines.group(4).replace("Inf", "Infinity"));
              expected.put(lines.group(1) + (labels.isEmpty() ? "" : "{" + labels + "}"), value);
            });
    JsonNode body = json(server.get("/metrics/json").body());
    assertThat(body.path("registry").asText()).isEqualTo("application");
    assertThat(Instant.parse(body.path("timestamp").asText())).isAfter(Instant.EPOCH);
    Map<String, Double> shown = new TreeMap<>();
    body.path("metrics").properties().forEach(e -> shown.put(e.getKey(), e.getValue().asDouble()));
    // What the server says of itself moves on from one request to the next.
    expected.keySet().removeIf(key -> key.startsWith("busyhour_"));
    shown.keySet().removeIf(key -> key.startsWith("busyhour_"));
    assertThat(shown).isEqualTo(expected).containsEntry("voice_calls_active", 2.0);
  }

  @Test
  void post_isRefused() throws Exception {
    HttpRequest post = server.request("/metrics/json").POST(BodyPublishers.noBody()).build();
    assertThat(server.send(post).statusCode()).isEqualTo(405);
  }
}
