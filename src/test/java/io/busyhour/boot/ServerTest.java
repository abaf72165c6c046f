package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole server: what goes in by the doors comes out of the scrape and the views. */
class ServerTest {
  private static final String TOKEN = TwilioCallback.TOKEN;
  private static final String ACCOUNT = TwilioCallback.ACCOUNT;
  private static Running server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = Running.start(folder, Map.of("busyhour.twilio.auth-token", TOKEN));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String event(String source, String id, String type, String data) {
    return ("{\"specversion\":\"1.0\",\"source\":\"%s\",\"id\":\"%s\",\"type\":\"%s\","
            + "\"time\":\"2026-11-20T09:00:00Z\",\"data\":{%s}}")
        .formatted(source, id, type, data);
  }

  private static int twilio(Map<String, String> form, boolean genuine) {
    String path = "/twilio/voice?campaign_id=tw&user_id=u9";
    return TwilioCallback.post(server, path, form, genuine).statusCode();
  }

  private static Map<String, String> callback(String call, int sequence, String status) {
    Map<String, String> form = new TreeMap<>();
    form.put("CallSid", call);
    form.put("AccountSid", ACCOUNT);
    form.put("From", "+15055550100");
    form.put("To", "+14155550143");
    form.put("Direction", "outbound-api");
    form.put("CallStatus", status);
    form.put("CallbackSource", "call-progress-events");
    form.put("SequenceNumber", Integer.toString(sequence));
    form.put("Timestamp", "Fri, 20 Nov 2026 08:00:%02d +0000".formatted(10 * sequence));
    if (status.equals("completed")) {
      form.put("CallDuration", "10");
      form.put("Duration", "1");
      form.put("SipResponseCode", "200");
    }
    return form;
  }

  @Test
  void twilio_sameCallbackTwice_countsOnce() {
    Map<String, String> form = callback("CAtwice", 2, "busy");
    assertThat(twilio(form, true)).isEqualTo(204);
    assertThat(twilio(form, true)).isEqualTo(204);
    String scrape =
        server.scrapeWith(
            "twilio_call_callbacks_total{account=\"" + ACCOUNT + "\",status=\"busy\"} 1.0");
    assertThat(scrape)
        .containsPattern(
            "busyhour_events_received_total\\{result=\"duplicate\",source=\"twilio\"\\} [1-9]");
  }

  @Test
  void twilio_wrongSignature_storesNothing() {
    assertThat(twilio(callback("CAforged", 3, "completed"), false)).isEqualTo(403);
    assertThat(server.get("/calls/CAforged").statusCode()).isEqualTo(404);
    server.until(
        "/metrics", answer -> answer.body().contains("reason=\"bad_signature\",source=\"twilio\""));
  }

  @Test
  void path_thatIsNotThere_isRefusedAsAllIs() {
    for (String path : List.of("/nothing", "/metrics/nothing", "/health/nothing", "/calls/a/b/c")) {
      HttpResponse<String> answer = server.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":\"not_found\","
                  + "\"message\":\"There is nothing at this path; GET /openapi lists those.\"}");
    }
  }

  @Test
  void twilio_callbacksInAnyOrderWithRepeats_giveTheSameRow() {
    List<String> statuses = List.of("initiated", "ringing", "in-progress", "completed");
    List<List<Integer>> orders = permutations(List.of(0, 1, 2, 3));
    JsonNode first = null;
    Random random = new Random(11);
    for (int n = 0; n < orders.size(); n++) {
      String call = "CAorder" + n;
      List<Integer> order = new ArrayList<>(orders.get(n));
      order.add(random.nextInt(order.size()), order.get(random.nextInt(order.size())));
      order.forEach(
          i -> assertThat(twilio(callback(call, i, statuses.get(i)), true)).isEqualTo(204));
      JsonNode row = settled(call);
      first = first == null ? row : first;
      assertThat(row).isEqualTo(first);
    }
    server.scrapeWith(
        "campaign_calls_completed_total{campaign_id=\"tw\",outcome=\"success\",user_id=\"u9\"} "
            + orders.size()
            + ".0");
    String scrape =
        server.scrapeWith(
            "campaign_call_duration_seconds_sum{campaign_id=\"tw\",outcome=\"success\"} "
                + 10.0 * orders.size());
    assertThat(scrape)
        .contains("{account=\"" + ACCOUNT + "\",status=\"completed\"} " + orders.size() + ".0")
        .contains("{account=\"" + ACCOUNT + "\",status=\"in-progress\"} " + orders.size() + ".0");
  }

  /** The row of a call once all four callbacks are in it, less what names the call. */
  private static JsonNode settled(String call) {
    server.until(
        "/calls/" + call,
        answer ->
            answer.body().contains("\"status\":\"completed\"")
                && answer.body().contains("\"ringing_at\"")
                && answer.body().contains("\"started_at\":\"2026-11-20T08:00:00Z\"")
                && answer.body().contains("\"answered_at\":\"2026-11-20T08:00:20Z\""));
    JsonNode row = server.json("/calls/" + call);
    ((ObjectNode) row).remove("call_id");
    return row;
  }

  private static <T> List<List<T>> permutations(List<T> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (T first : items) {
      List<T> rest = new ArrayList<>(items);
      rest.remove(first);
      for (List<T> tail : permutations(rest)) {
        List<T> order = new ArrayList<>(List.of(first));
        order.addAll(tail);
        all.add(Collections.unmodifiableList(order));
      }
    }
    return all;
  }

  @Test
  void batch_withFaults_losesNothingElse() {
    String batch =
        "["
            + event("batch", "1", "call.initiated", "\"call_id\":\"b1\"")
            + ","
            + event("batch", "2", "call.ended", "\"call_id\":\"b1\"")
            + ",17,"
            + event("batch", "3", "call.endid", "\"call_id\":\"b1\"")
            + ","
            + event("batch", "4", "call.ended", "\"call_id\":\"b1\",\"outcome\":\"busy\"")
            + "]";
    HttpResponse<String> answer = server.post("application/json", batch);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"accepted\":2,\"duplicates\":0")
        .contains(
            "\"index\":1,\"error\":\"missing_field\",\"message\":\"call.ended needs outcome\"")
        .contains("\"index\":2")
        .contains("\"index\":3,\"error\":\"unknown_type\"");
    server.until("/calls/b1", row -> row.body().contains("\"status\":\"busy\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"specversion\":\"1.0\" | 400",
        "[] x | 400",
        "nothing | 400",
        "{} | 400",
        "{\"specversion\":\"1.0\",\"source\":\"x\",\"id\":\"1\",\"type\":\"call.ended\","
            + "\"time\":\"0001-01-01T00:00:00Z\",\"data\":{\"call_id\":\"x\",\"outcome\":\"busy\"}}"
            + " | 400",
        "{\"specversion\":\"1.0\",\"source\":\"x\",\"id\":\"2\",\"type\":\"call.ended\","
            + "\"time\":\"9999-12-31T00:00:00Z\",\"data\":{\"call_id\":\"x\",\"outcome\":\"busy\"}}"
            + " | 400",
        "{\"specversion\":\"1.0\",\"source\":\"x\",\"id\":\"3\",\"type\":\"call.ended\","
            + "\"data\":{\"call_id\":\"x\",\"outcome\":\"busy\",\"duration_seconds\":-1}} | 400",
        "{\"specversion\":\"1.0\",\"source\":\"x\",\"id\":\"4\",\"type\":\"call.ended\","
            + "\"data\":{\"call_id\":\"x\",\"outcome\":\"busy\",\"duration_seconds\":NaN}} | 400",
        "{\"specversion\":\"1.0\",\"source\":\"x\",\"id\":\"5\",\"type\":\"call.ended\","
            + "\"data\":{\"call_id\":17,\"outcome\":\"busy\"}} | 400"
      })
  void event_bad_isRefusedWithItsReason(String body, int status) {
    HttpResponse<String> answer = server.post("application/json", body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).matches("\\{\"error\":\"[a-z_]+\",\"message\":\".+\"\\}");
    assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void event_deeplyNestedOrLarge_isRefused() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(server.post("application/json", deep).statusCode()).isEqualTo(400);
    String large = "\"" + "x".repeat(20 << 20) + "\"";
    assertThat(server.post("application/json", large).statusCode()).isEqualTo(413);
  }

  @Test
  void call_openWithoutTokens_showsNoNumber() {
    server.post(
        "application/json",
        event("mask", "1", "call.initiated", "\"call_id\":\"m1\",\"from\":\"+13035550123\""));
    String row = server.until("/calls/m1", answer -> answer.statusCode() == 200).body();
    assertThat(row).contains("\"from\":\"+1303555****\"").doesNotContain("0123");
    assertThat(server.get("/metrics").body()).doesNotContain("3035550123");
  }

  @Test
  void ledger_always_balances() {
    server.post("application/json", event("sum", "1", "campaign.polled", "\"duration_seconds\":1"));
    server.post("application/json", event("sum", "1", "campaign.polled", "\"duration_seconds\":1"));
    server.post("application/json", event("sum", "2", "campaign.polled", ""));
    server.until("/ledger", answer -> answer.body().contains("{\"missing_field\":1}"));
    for (JsonNode line : server.json("/ledger").get("sources")) {
      long rejected = 0;
      for (JsonNode count : line.get("rejected")) {
        rejected += count.asLong();
      }
      assertThat(line.get("received").asLong())
          .isEqualTo(line.get("accepted").asLong() + line.get("duplicates").asLong() + rejected);
    }
  }

  @Test
  void openapi_namesTheDoors() {
    assertThat(server.get("/openapi").body())
        .contains("/v1/events")
        .contains("/twilio/voice")
        .contains("/calls/{id}")
        .containsPattern("(?s)(bad_signature: nothing stored.*){4}")
        .contains("/metrics:", "/health:", "/health/live:", "/health/ready:", "/health/started:")
        .contains("/ledger");
  }
}
