package io.busyhour.receive.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.receive.Batch;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsDoorTest extends DoorContract {
  private static final String ONE = "{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}";

  @Override
  protected HttpRequest.Builder proven(String body) {
    return unproven(body).header("Authorization", "Bearer " + DoorServer.TOKEN);
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    return unproven(body).header("Authorization", "Bearer guessed");
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return server
        .to("/v1/events")
        .header("Content-Type", "application/cloudevents+json")
        .POST(BodyPublishers.ofString(body));
  }

  @Override
  protected String body(int number) {
    return event("e" + number, "{\"call_id\":\"c1\"}");
  }

  @Override
  protected String bodyWithUnknownFields() {
    return event("e1", "{\"call_id\":\"c1\",\"weather\":{\"wet\":[true,null,1.50]},\"n\":[]}")
        .replace("{\"specversion\"", "{\"traceparent\":\"00-1\",\"specversion\"");
  }

  @Override
  protected String bodyOfUnknownType() {
    return event("e1", "{\"call_id\":\"c1\",\"outcome\":\"busy\"}").replace("call.", "cow.");
  }

  @Override
  protected String bodyOf(int length) {
    return event("e1", "{\"call_id\":\"c1\",\"note\":\"" + "x".repeat(length) + "\"}");
  }

  @Override
  protected String source() {
    return "events";
  }

  @Override
  protected int unprovenStatus() {
    return 401;
  }

  private static String event(String id, String data) {
    return event(id, "call.initiated", data);
  }

  private static String event(String id, String type, String data) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/pbx\",\"type\":\"%s\",\"data\":%s}"
        .formatted(id, type, data);
  }

  private HttpResponse<String> post(String contentType, byte[] body) {
    return server.send(
        proven("").setHeader("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> post(String contentType, String body) {
    return post(contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  private Occurrence only() {
    List<Delivery> stored = server.journal().stored();
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).occurrences()).hasSize(1);
    return stored.get(0).occurrences().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "Application/CloudEvents+JSON; charset=UTF-8",
        "application/json",
        "application/x-ndjson"
      })
  void structured_isStored(String contentType) {
    assertThat(post(contentType, body(1)).body()).isEqualTo(ONE);
    assertThat(server.journal().stored().get(0).key()).isEqualTo(new EventKey("/pbx", "e1"));
    assertThat(only().event()).isInstanceOf(CallEvent.Initiated.class);
    assertThat(only().time()).isEqualTo(DoorServer.NOW);
  }

  @Test
  void structured_again_saysDuplicate() {
    post("application/json", body(1));
    assertThat(post("application/json", body(1)).body())
        .isEqualTo("{\"accepted\":0,\"duplicates\":1,\"rejected\":[]}");
  }

  @Test
  void data_unknownFields_areKeptExactly() {
    post("application/json", bodyWithUnknownFields());
    assertThat(only().data().get("weather")).hasToString("{wet=[true, null, 1.50]}");
  }

  @Test
  void data_decimals_areExact() {
    String data = "{\"call_id\":\"c\",\"outcome\":\"completed\",\"cost\":0.1000000000000000000001}";
    post("application/json", event("e", "call.ended", data));
    assertThat(((CallEvent.Ended) only().event()).cost())
        .isEqualTo(new BigDecimal("0.1000000000000000000001"));
  }

  @Test
  void dataBase64_isRead() {
    String data =
        Base64.getEncoder().encodeToString("{\"call_id\":\"c9\"}".getBytes(StandardCharsets.UTF_8));
    String body = event("e", "0").replace("\"data\":0", "\"data_base64\":\"" + data + "\"");
    assertThat(post("application/json", body).body()).isEqualTo(ONE);
    assertThat(((CallEvent) only().event()).callId()).isEqualTo("c9");
  }

  @Test
  void binary_isRead() {
    HttpResponse<String> answer =
        server.send(
            proven("{\"call_id\":\"c9\"}")
                .setHeader("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-type", "\"call.initiated\"")
                .header("CE-Source", "/pbx/Euro%20%E2%82%AC%20%f0%9f%98%80")
                .header("ce-id", "9c1f-0001")
                .header("ce-subject", "call%209c1f")
                .header("ce-time", "2025-11-03T16:21:02.481+01:00"));
    assertThat(answer.body()).isEqualTo(ONE);
    assertThat(server.journal().stored().get(0).key())
        .isEqualTo(new EventKey("/pbx/Euro € 😀", "9c1f-0001"));
    assertThat(only().time()).isEqualTo(Instant.parse("2025-11-03T15:21:02.481Z"));
  }

  @ParameterizedTest
  @CsvSource({"%C0%A0, invalid_utf8", "%zz, invalid_value", "100%, invalid_value"})
  void binary_badHeader_isRefused(String id, String word) {
    HttpRequest.Builder request =
        proven("{}")
            .setHeader("Content-Type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", id);
    assertRefused(server.send(request), 400, word);
  }

  @Test
  void binary_headerTwice_isRefused() {
    HttpRequest.Builder request =
        proven("{}").header("ce-specversion", "1.0").header("ce-id", "1").header("ce-id", "2");
    assertRefused(
        server.send(request.setHeader("Content-Type", "application/json")), 400, "invalid_value");
  }

  @Test
  void batch_isStoredAtOnce() {
    String batch = "[" + body(1) + "," + body(2) + "," + body(1) + "]";
    assertThat(post("application/cloudevents-batch+json", batch).body())
        .isEqualTo("{\"accepted\":2,\"duplicates\":1,\"rejected\":[]}");
    assertThat(server.journal().appends()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/cloudevents-batch+json", "application/json"})
  void batch_empty_isFine(String contentType) {
    HttpResponse<String> answer = post(contentType, " [ ] ");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"accepted\":0,\"duplicates\":0,\"rejected\":[]}");
  }

  @Test
  void batch_badEvents_costOnlyThemselves() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    List<String> bad =
        List.of(
            "null",
            "7",
            "[[1]]",
            event("b", deep),
            event("b", "{\"call_id\":NaN}"),
            event("b", "{\"call_id\":\"c\",\"x\":1e999999999}"),
            event("b", "{\"call_id\":\"c\",\"x\":1e99999999999}"),
            event("b", "{\"call_id\":\"c\",\"x\":" + "9".repeat(5000) + "}"),
            event("b", "{\"call_id\":\"c\",\"call_id\":\"d\"}"),
            event("b", "call.ended", "{\"call_id\":\"c\"}"),
            event("b", "call.ended", "{\"call_id\":\"c\",\"outcome\":\"no-answer\"}"),
            event("b", "call.pondered", "{}"),
            event("b", "twilio.call_callback", "{\"status\":\"ringing\"}"),
            event("b", "{\"call_id\":5}"),
            event("b", "{\"call_id\":\"\\ud800\"}"));
    String batch = "[" + body(0) + "," + String.join(",", bad) + "," + body(1) + "]";
    HttpResponse<String> answer = post("application/cloudevents-batch+json", batch);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"accepted\":2,\"duplicates\":0,\"rejected\":[");
    String words =
        Pattern.compile("\"error\":\"([a-z0-9_]*)\"")
            .matcher(answer.body())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.joining(" "));
    assertThat(words)
        .isEqualTo(
            "wrong_type wrong_type wrong_type too_deep malformed_json invalid_value invalid_value"
                + " invalid_value malformed_json missing_field invalid_value unknown_type"
                + " unknown_type wrong_type invalid_value");
    assertThat(server.journal().refused())
        .containsEntry("events wrong_type", 3L)
        .containsEntry("/pbx unknown_type", 2L)
        .containsEntry("/pbx missing_field", 1L);
  }

  @Test
  void batch_allBad_isRefused() {
    HttpResponse<String> answer = post("application/json", "[1,2]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith(
            "{\"accepted\":0,\"duplicates\":0,\"rejected\":[{\"index\":0,\"error\":\"wrong_type\"");
  }

  @Test
  void batch_eventTooLong_costsOnlyItself() {
    HttpResponse<String> answer =
        post("application/json", "[" + body(1) + "," + bodyOf(1024 * 1024) + "," + body(2) + "]");
    assertThat(answer.body())
        .startsWith(
            "{\"accepted\":2,\"duplicates\":0,\"rejected\":"
                + "[{\"index\":1,\"error\":\"too_large\"");
  }

  @Test
  void batch_truncated_nothingIsStored() {
    assertRefused(post("application/json", "[" + body(1) + ","), 400, "malformed_json");
    assertThat(server.journal().stored()).isEmpty();
  }

  @Test
  void batch_tooLong_isRefused() {
    byte[] body = new byte[16 * 1024 * 1024 + 1];
    assertRefused(post("application/cloudevents-batch+json", body), 413, "too_large");
  }

  @Test
  void batch_tooManyEvents_isRefused() {
    String many = "[" + "1,".repeat(Batch.MAX_EVENTS) + "1]";
    assertRefused(post("application/json", many), 413, "too_large");
  }

  @Test
  void lines_badOnes_costOnlyThemselves() {
    byte[] first = (body(0) + "\r\n\n{\"specversion\":\n").getBytes(StandardCharsets.UTF_8);
    byte[] last = ("\n" + body(1) + "{}\n" + body(2)).getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[first.length + 1 + last.length];
    System.arraycopy(first, 0, body, 0, first.length);
    body[first.length] = (byte) 0xC0;
    System.arraycopy(last, 0, body, first.length + 1, last.length);
    String answer = post("application/x-ndjson", body).body();
    assertThat(answer)
        .startsWith(
            "{\"accepted\":2,\"duplicates\":0,\"rejected\":"
                + "[{\"index\":2,\"error\":\"malformed_json\"")
        .contains("{\"index\":3,\"error\":\"invalid_utf8\"")
        .contains("{\"index\":4,\"error\":\"malformed_json\"");
    assertThat(server.journal().appends()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | malformed_json",
        "' ' | malformed_json",
        "{ | malformed_json",
        "'{}{}' | malformed_json",
        "{} | missing_field",
        "null | wrong_type",
        "'\"text\"' | wrong_type",
        "NaN | wrong_type",
        "{'id':1} | malformed_json"
      })
  void structured_noEvent_isRefused(String body, String word) {
    assertRefused(post("application/cloudevents+json", body), 400, word);
    assertThat(server.journal().refused()).containsOnlyKeys("events " + word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "specversion | \"0.3\" | invalid_value",
        "specversion | 1.0 | wrong_type",
        "id | \"\" | invalid_value",
        "id | 17 | wrong_type",
        "id | null | missing_field",
        "id | \"a\\nb\" | invalid_value",
        "source | {} | wrong_type",
        "type | \"nothing\" | unknown_type",
        "time | \"0001-01-01T00:00:00Z\" | invalid_time",
        "time | \"9999-12-31T23:59:59Z\" | invalid_time",
        "time | \"yesterday\" | invalid_time",
        "time | 5 | wrong_type",
        "data | [] | wrong_type",
        "data | \"{}\" | wrong_type",
        "data | null | missing_field",
        "data_base64 | \"AAAA\" | invalid_value"
      })
  void attribute_bad_isRefused(String name, String value, String word) {
    String rest = body(1).replaceFirst("\"" + name + "\":(\"[^\"]*\"|\\{[^}]*})", "\"gone\":0");
    String body = "{\"" + name + "\":" + value + "," + rest.substring(1);
    assertRefused(post("application/json", body), 400, word);
  }

  @Test
  void key_tooLong_isRefused() {
    String body = body(1).replace("\"e1\"", "\"" + "e".repeat(257) + "\"");
    assertRefused(post("application/json", body), 400, "invalid_value");
    assertThat(server.journal().refused()).containsOnlyKeys("/pbx invalid_value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/cloudevents+avro"})
  void contentType_other_isRefused(String contentType) {
    assertRefused(post(contentType, body(1)), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", ";", "application/json; =", "/"})
  void contentType_malformed_isRefused(String contentType) {
    assertThat(post(contentType, body(1)).statusCode()).isBetween(400, 415);
    assertThat(server.journal().stored()).isEmpty();
  }

  @Test
  void invalidUtf8_isRefused() {
    byte[] body = body(1).getBytes(StandardCharsets.ISO_8859_1);
    body[body.length - 5] = (byte) 0xFF;
    assertRefused(post("application/json", body), 400, "invalid_utf8");
  }

  @Test
  void token_ofAnotherRole_isForbidden() {
    HttpRequest.Builder request =
        unproven(body(1)).header("Authorization", "bearer " + DoorServer.READER);
    assertRefused(server.send(request), 403, "forbidden");
    assertThat(server.journal().refused()).containsOnlyKeys("events forbidden");
  }

  @Test
  void token_missing_isAskedFor() {
    HttpResponse<String> answer = server.send(unproven(body(1)));
    assertRefused(answer, 401, "unauthorized");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"busyhour\"");
  }

  @Test
  void method_other_isRefused() {
    HttpResponse<String> answer = server.send(proven("").GET());
    assertRefused(answer, 405, "method_not_allowed");
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @Test
  void openapi_tellsTheDoors() {
    String document = server.send(server.to("/openapi")).body();
    assertThat(document)
        .contains("/v1/events:", "/twilio/voice:", "/twilio/messages:")
        .contains("application/cloudevents-batch+json:", "'413':", "accepted:", "duplicates:")
        .doesNotContain("ServerRequest");
  }

  @Test
  void path_unknown_isNotFound() {
    assertThat(server.send(server.to("/v2/events")).statusCode()).isEqualTo(404);
    assertThat(server.send(server.to("/v1/events/7")).statusCode()).isEqualTo(404);
  }

  @Test
  void fault_unexpected_tellsNothingOfTheInside() {
    HttpResponse<String> answer = server.send(server.to("/broken"));
    assertRefused(answer, 500, "internal_error");
    assertThat(answer.body()).doesNotContain("secret");
  }
}
