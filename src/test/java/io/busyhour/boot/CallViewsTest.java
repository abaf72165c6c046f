package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of calls, timelines and exports of one fixed history, through a whole server. */
class CallViewsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READER = "reader-token";
  private static final String SEER = "seer-token";
  private static final String SENDER = "sender-token";

  /** Calls begin in the last days, so that exports show them. */
  private static Instant day;

  private static Running server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(2, ChronoUnit.DAYS);
    Path tokens = folder.resolve("tokens");
    Files.writeString(
        tokens,
        line("reader", "read", READER)
            + line("seer", "read,pii", SEER)
            + line("sender", "ingest", SENDER));
    server = Running.start(folder, Map.of("busyhour.tokens", tokens.toString()));
    send(history());
    server.until(server.as(READER, "/calls?limit=1000"), a -> count(a.body()) == 5);
    server.until(server.as(READER, "/calls/three"), a -> a.body().contains("\"cost\""));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String line(String name, String roles, String token) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    return "%s %s %s%n".formatted(name, roles, HexFormat.of().formatHex(digest));
  }

  private static int count(String body) {
    try {
      return JSON.readTree(body).path("calls").size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String at(int seconds) {
    return day.plusSeconds(seconds).toString();
  }

  private static String event(String id, String type, int seconds, String data) {
    return ("{\"specversion\":\"1.0\",\"source\":\"switch\",\"id\":\"%s\",\"type\":\"%s\","
            + "\"time\":\"%s\",\"data\":{%s}}")
        .formatted(id, type, at(seconds), data);
  }

  private static List<String> history() {
    String route = ",\"account\":\"a1\",\"trunk\":\"t1\",\"direction\":\"outbound\"";
    String numbers = ",\"from\":\"+13035550123\",\"to\":\"+12125550145\"";
    return List.of(
        event(
            "1",
            "call.initiated",
            0,
            "\"call_id\":\"one\",\"campaign_id\":\"c1\"" + route + numbers),
        event("2", "call.answered", 5, "\"call_id\":\"one\",\"answered_by\":\"human\""),
        event(
            "3",
            "call.ended",
            65,
            "\"call_id\":\"one\",\"outcome\":\"completed\",\"has_transcript\":true,"
                + "\"has_audio\":false,"
                + "\"agent\":{\"phone\":13035550177,\"n\":[\"+1 303 555 0188\"]}"),
        event("4", "call.initiated", 10, "\"call_id\":\"two\",\"campaign_id\":\"c2\"" + route),
        event(
            "5",
            "call.ended",
            20,
            "\"call_id\":\"two\",\"outcome\":\"failed\",\"error_type\":\"=cmd|'/c calc'!A0\""),
        event("6", "call.initiated", 20, "\"call_id\":\"three\",\"campaign_id\":\"c1\"" + numbers),
        event(
            "7",
            "call.ended",
            30,
            "\"call_id\":\"three\",\"outcome\":\"canceled\","
                + "\"cost\":\"0.0100\",\"currency\":\"USD\""),
        event("8", "call.initiated", 30, "\"call_id\":\"four \\\"4\\\", really\"" + route),
        event("9", "call.ended", 31, "\"call_id\":\"five\",\"outcome\":\"timeout\""));
  }

  private static void send(List<String> events) {
    HttpRequest request =
        server
            .request("/v1/events")
            .header("Content-Type", "application/x-ndjson")
            .header("Authorization", "Bearer " + SENDER)
            .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", events)))
            .build();
    assertThat(server.send(request).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(String path) {
    return server.send(server.as(READER, path));
  }

  private static HttpResponse<String> seen(String path) {
    return server.send(server.as(SEER, path));
  }

  private static List<String> ids(String path) {
    return ids(json(get(path).body()));
  }

  private static List<String> ids(JsonNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("calls").forEach(call -> ids.add(call.path("call_id").asText()));
    return ids;
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(body, e);
    }
  }

  @Test
  void calls_all_areNewestFirst() {
    assertThat(ids("/calls")).containsExactly("five", "four \"4\", really", "three", "two", "one");
  }

  @Test
  void calls_oneOfThem_isItsRow() {
    assertThat(get("/calls?campaign=c2").body())
        .isEqualTo(
            "{\"calls\":[{\"call_id\":\"two\",\"status\":\"failed\",\"source\":\"switch\","
                + "\"account\":\"a1\",\"campaign_id\":\"c2\",\"trunk\":\"t1\","
                + "\"direction\":\"outbound\",\"started_at\":\""
                + at(10)
                + "\",\"ended_at\":\""
                + at(20)
                + "\",\"last_event_at\":\""
                + at(20)
                + "\",\"outcome\":\"failed\",\"error_type\":\"=cmd|'/c calc'!A0\","
                + "\"reaped\":false}],\"next_cursor\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status=active | four \"4\", really",
        "status=cancelled | three",
        "status=canceled | three",
        "status=completed | one",
        "campaign=c1 | three;one",
        "campaign=c1&status=completed | one",
        "account=a1 | four \"4\", really;two;one",
        "account=a1&trunk=t1&status=failed | two",
        "trunk=t1&campaign=c9 | ''",
        "trunk=t2 | ''"
      })
  void calls_filtered_areThose(String filter, String expected) {
    List<String> wanted = expected.isEmpty() ? List.of() : List.of(expected.split(";", -1));
    assertThat(ids("/calls?" + filter)).isEqualTo(wanted);
  }

  @Test
  void calls_timeRange_includesItsBeginningOnly() {
    assertThat(ids("/calls?since=" + at(10) + "&until=" + at(30))).containsExactly("three", "two");
    String west = at(10).replace("Z", "%2B00:00");
    assertThat(ids("/calls?since=" + west + "&until=" + at(20))).containsExactly("two");
  }

  @Test
  void calls_pages_giveEachCallOnce() {
    for (String filter : List.of("", "account=a1&", "account=a1&trunk=t1&", "campaign=c1&")) {
      List<String> whole = ids("/calls?" + filter);
      for (int limit = 1; limit <= 6; limit++) {
        assertThat(pages(filter + "limit=" + limit)).isEqualTo(whole);
      }
    }
  }

  static List<String> pages(String query) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = json(get("/calls?" + query + cursor).body());
      ids.addAll(ids(page));
      JsonNode next = page.path("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + encode(next.asText());
    }
    return ids;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/calls?limit=0 | limit must be a whole number from 1 to 1000.",
        "/calls?limit=1001 | limit must be a whole number from 1 to 1000.",
        "/calls?limit=ten | limit must be a whole number from 1 to 1000.",
        "/calls?status=done | status must be one of active, completed, busy, no_answer, canceled,"
            + " rejected, failed, timeout, abandoned.",
        "/calls?cursor=x | cursor must be the next_cursor of an answer, with its + and & escaped.",
        "/calls?since=today | since must be an RFC 3339 time from 1970 to 9999, such as"
            + " 2026-11-20T09:00:00Z.",
        "/calls?until=-1 | until must be an RFC 3339 time from 1970 to 9999, such as"
            + " 2026-11-20T09:00:00Z.",
        "/calls/worst?by=cost | by must be one of mos, jitter, loss, pdd.",
        "/calls/worst?limit=101 | limit must be a whole number from 1 to 100.",
        "/metrics/failures?limit=-1 | limit must be a whole number from 1 to 1000.",
        "/metrics/export?days=0 | days must be a whole number from 1 to 400.",
        "/metrics/export?days=401 | days must be a whole number from 1 to 400.",
        "/metrics/export?fields=some | fields must be all, or left out.",
        "/metrics/export?format=xml | format must be one of json, csv, ndjson.",
        "/metrics/export?cursor=one | cursor must be <started_at>,<call_id> of a call, with its +"
            + " and & escaped."
      })
  void parameter_outOfRange_isRefusedWithTheRange(String path, String message) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer.body()).path("error").asText()).isEqualTo("invalid_value");
    assertThat(json(answer.body()).path("message").asText()).isEqualTo(message);
  }

  @Test
  void failures_newestFirst_withTheFieldsTheyAlwaysHad() {
    assertThat(get("/metrics/failures").body())
        .isEqualTo(
            "{\"failures\":["
                + failure("five", null, at(31), at(31), "timeout", "timeout")
                + ","
                + failure("two", "outbound", at(10), at(20), "failed", "=cmd|'/c calc'!A0")
                + "],\"count\":2}");
    assertThat(json(get("/metrics/failures?limit=1").body()).path("count").asInt()).isEqualTo(1);
  }

  private static String failure(
      String id, String type, String started, String ended, String status, String reason) {
    return ("{\"call_id\":\"%s\",\"call_type\":%s,\"caller_number\":null,\"callee_number\":null,"
            + "\"started_at\":\"%s\",\"ended_at\":\"%s\",\"duration_seconds\":null,"
            + "\"status\":\"%s\",\"failure_reason\":%s,\"metadata\":null}")
        .formatted(id, quoted(type), started, ended, status, quoted(reason));
  }

  private static String quoted(String text) {
    return text == null ? "null" : "\"" + text + "\"";
  }

  @Test
  void timeline_hasEveryEventInOrderAndMasksNumbersAnywhere() {
    send(List.of(event("2", "call.answered", 5, "\"call_id\":\"one\"")));
    String path = "/calls/one/timeline";
    server.until(server.as(READER, path), a -> a.body().contains("\"duplicates\":1"));
    JsonNode timeline = json(get(path).body());
    List<String> types = new ArrayList<>();
    List<Integer> duplicates = new ArrayList<>();
    for (JsonNode event : timeline.path("events")) {
      types.add(event.path("type").asText() + " " + event.path("time").asText());
      duplicates.add(event.path("duplicates").asInt());
      assertThat(event.path("source").asText()).isEqualTo("switch");
      assertThat(Instant.parse(event.path("received_at").asText())).isAfter(day);
    }
    assertThat(types)
        .containsExactly(
            "call.initiated " + at(0), "call.answered " + at(5), "call.ended " + at(65));
    assertThat(duplicates).containsExactly(0, 1, 0);
    assertThat(timeline.path("events").get(0).path("data").toString())
        .isEqualTo(
            "{\"call_id\":\"one\",\"campaign_id\":\"c1\",\"account\":\"a1\",\"trunk\":\"t1\","
                + "\"direction\":\"outbound\",\"from\":\"+1303555****\",\"to\":\"+1212555****\"}");
    assertThat(timeline.path("events").get(2).path("data").path("agent").toString())
        .isEqualTo("{\"phone\":\"1303555****\",\"n\":[\"+1 303 555 ****\"]}");
    assertThat(timeline.path("deleted").asInt()).isZero();
    assertThat(timeline.path("left_out").asInt()).isZero();
    assertThat(seen(path).body()).contains("+13035550123", "13035550177", "+1 303 555 0188");
  }

  @Test
  void timeline_unknownCall_isNotFound() {
    assertThat(get("/calls/none/timeline").statusCode()).isEqualTo(404);
    assertThat(json(get("/calls/none/timeline").body()).path("error").asText())
        .isEqualTo("not_found");
  }

  private static final String HEADER =
      "call_id,call_type,caller_number,callee_number,started_at,ended_at,duration_seconds,status,"
          + "has_transcript,has_audio,account,campaign_id,trunk,reaped,user_id,provider,zone,"
          + "origination_country,destination_country,ringing_at,answered_at,answered_by,pdd_ms,"
          + "sip_code,q850_cause,hangup_source,cost,currency,error_type,codec,mos,r_factor,"
          + "jitter_ms,packet_loss,rtt_ms,source\r\n";

  @Test
  void export_csv_isRfc4180WithoutFormulas() {
    HttpResponse<String> answer = get("/metrics/export?format=csv&days=5&fields=all");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"calls-export.csv\"");
    assertThat(answer.body())
        .isEqualTo(
            HEADER
                + "one,outbound,'+1303555****,'+1212555****,"
                + at(0)
                + ","
                + at(65)
                + ",60.0,completed,1,0,a1,c1,t1,0,,,INTERSTATE,US,US,,"
                + at(5)
                + ",human,,,,,,,,,,,,,,switch\r\n"
                + "two,outbound,,,"
                + at(10)
                + ","
                + at(20)
                + ",,failed,,,a1,c2,t1,0,,,,,,,,,,,,,,,'=cmd|'/c calc'!A0,,,,,,,switch\r\n"
                + "three,,'+1303555****,'+1212555****,"
                + at(20)
                + ","
                + at(30)
                + ",,canceled,,,,c1,,0,,,INTERSTATE,US,US,,,,,,,,0.01,USD,,,,,,,,switch\r\n"
                + "\"four \"\"4\"\", really\",outbound,,,"
                + at(30)
                + ",,,active,,,a1,,t1,0,,,,,,,,,,,,,,,,,,,,,,switch\r\n"
                + "five,,,,"
                + at(31)
                + ","
                + at(31)
                + ",,timeout,,,,,,0,,,,,,,,,,,,,,,,,,,,,,switch\r\n");
    assertThat(get("/metrics/export?format=csv").body().lines().limit(2))
        .containsExactly(
            HEADER.substring(0, HEADER.indexOf(",user_id")),
            "one,outbound,'+1303555****,'+1212555****,"
                + at(0)
                + ","
                + at(65)
                + ",60.0,completed,1,0,a1,c1,t1,0");
    assertThat(seen("/metrics/export?format=csv").body())
        .contains("'+13035550123,'+12125550145,")
        .doesNotContain("*");
  }

  @Test
  void export_jsonAndNdjson_sayTheSame() {
    String lines = get("/metrics/export?format=ndjson&fields=all").body();
    JsonNode whole = json(get("/metrics/export?format=json&days=7&fields=all").body());
    assertThat(whole.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("exported_at", "period_days", "calls", "call_count");
    assertThat(whole.path("period_days").asInt()).isEqualTo(7);
    assertThat(whole.path("call_count").asInt()).isEqualTo(5);
    assertThat(lines.lines().map(CallViewsTest::json).toList())
        .isEqualTo(whole.path("calls").valueStream().toList());
    assertThat(lines.lines().skip(1).findFirst())
        .hasValue(
            "{\"call_id\":\"two\",\"call_type\":\"outbound\",\"caller_number\":null,"
                + "\"callee_number\":null,\"started_at\":\""
                + at(10)
                + "\",\"ended_at\":\""
                + at(20)
                + "\",\"duration_seconds\":null,\"status\":\"failed\",\"has_transcript\":null,"
                + "\"has_audio\":null,\"account\":\"a1\",\"campaign_id\":\"c2\",\"trunk\":\"t1\","
                + "\"reaped\":0,\"error_type\":\"=cmd|'/c calc'!A0\",\"source\":\"switch\"}");
  }

  @Test
  void export_head_tellsWhatItWouldBe() {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/metrics/export?format=csv")
                .header("Authorization", "Bearer " + READER)
                .HEAD()
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"calls-export.csv\"");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void call_whoseIdNoDatabaseTakes_isRefused() {
    assertThat(get("/calls/%00").statusCode()).isEqualTo(400);
    assertThat(get("/calls/%00/timeline").statusCode()).isEqualTo(400);
  }

  @Test
  void export_cursor_goesOnAfterThatCall() {
    String cursor = encode(at(20) + ",three");
    assertThat(get("/metrics/export?format=ndjson&cursor=" + cursor).body().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("four");
    assertThat(get("/metrics/export?format=json&cursor=" + encode(at(99) + ",x")).body())
        .endsWith("\"calls\":[\n],\"call_count\":0}\n");
  }

  @Test
  void export_gzip_isTheSame() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          server
              .request("/metrics/export?format=csv")
              .header("Authorization", "Bearer " + READER)
              .header("Accept-Encoding", "gzip")
              .build();
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(get("/metrics/export?format=csv").body());
      }
    }
  }

  @Test
  void worst_noQuality_isEmpty() {
    assertThat(get("/calls/worst").body()).isEqualTo("{\"by\":\"mos\",\"calls\":[]}");
  }

  @Test
  void views_withoutToken_areRefused() {
    for (String path :
        List.of(
            "/calls",
            "/calls/worst",
            "/calls/one/timeline",
            "/metrics/failures",
            "/metrics/export")) {
      assertThat(server.get(path).statusCode()).isEqualTo(401);
    }
  }
}
