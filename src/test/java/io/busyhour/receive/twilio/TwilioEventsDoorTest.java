package io.busyhour.receive.twilio;

import static io.busyhour.receive.twilio.TwilioSigner.hashed;
import static io.busyhour.receive.twilio.TwilioSigner.payload;
import static io.busyhour.receive.twilio.TwilioSigner.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CallEvent.AnsweredBy;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallbackEvent;
import io.busyhour.event.CallbackEvent.Kind;
import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioEventsDoorTest extends DoorContract {
  private static final String PATH = "/twilio/events";
  private static final String ACCOUNT = "AC00000000000000000000000000000001";
  private static final String CALL = "CA00000000000000000000000000000123";

  @Override
  protected HttpRequest.Builder proven(String body) {
    String path = hashed(PATH, body.getBytes(StandardCharsets.UTF_8));
    return to(path, body).header("X-Twilio-Signature", sign(server.url() + path, ""));
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    String path = hashed(PATH, (body + " ").getBytes(StandardCharsets.UTF_8));
    return to(path, body).header("X-Twilio-Signature", sign(server.url() + path, ""));
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return to(hashed(PATH, body.getBytes(StandardCharsets.UTF_8)), body);
  }

  private HttpRequest.Builder to(String path, String body) {
    return server
        .to(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static String event(String id, String type, String data) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"data\":%s}".formatted(id, type, data);
  }

  private static String call(String step, String data) {
    return "[" + event("1", "com.twilio.voice.status-callback.call." + step, data) + "]";
  }

  @Override
  protected String body(int number) {
    String type = "com.twilio.voice.status-callback.call.ringing";
    return "[" + event("N" + number, type, "{\"sid\":\"CA1\"}") + "]";
  }

  @Override
  protected String bodyWithUnknownFields() {
    return "[{\"weather\":[{\"sunny\":true}],\"source\":7,\"specversion\":\"9\","
        + body(1).substring(2).replace("\"sid\"", "\"wind\":null,\"sid\"");
  }

  @Override
  protected String bodyOf(int length) {
    return "[" + event("1", "t", "{\"note\":\"" + "x".repeat(length) + "\"}") + "]";
  }

  @Override
  protected String source() {
    return "twilio";
  }

  @Override
  protected int unprovenStatus() {
    return 403;
  }

  @Override
  protected String bodyOfUnknownType() {
    return "[" + event("1", "com.twilio.levitation.call.ended", "{\"sid\":\"CA1\"}") + "]";
  }

  private void deliver(String body, String receipt) {
    HttpResponse<String> answer = server.send(proven(body));
    assertThat(answer.body()).isEqualTo(receipt);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static String accepted(int accepted, int duplicates) {
    return "{\"accepted\":%d,\"duplicates\":%d,\"rejected\":[]}".formatted(accepted, duplicates);
  }

  private List<Event> events(int delivery) {
    return server.journal().stored().get(delivery).occurrences().stream()
        .map(Occurrence::event)
        .toList();
  }

  private void callback(String form, String query) {
    String path = "/twilio/voice" + query;
    HttpRequest.Builder request =
        server
            .to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", sign(server.url() + path, form))
            .POST(BodyPublishers.ofString(form));
    assertThat(server.send(request).statusCode()).isEqualTo(204);
  }

  @Test
  void call_wholeLife_isWhatItsCallbacksAre() {
    deliver(TwilioSigner.events("call"), accepted(4, 0));
    Set<Delivery> told = new HashSet<>(server.journal().stored());
    server.journal().clear();
    for (String step : List.of("initiated", "ringing", "in-progress", "completed")) {
      callback(payload("voice-status-" + step), "?campaign_id=c1&trunk=t1");
    }
    assertThat(server.journal().stored()).hasSize(4);
    assertThat(told).isEqualTo(new HashSet<>(server.journal().stored()));
    deliver(TwilioSigner.events("call"), accepted(0, 4));
  }

  @ParameterizedTest
  @CsvSource({"CallSid, CallStatus", "callSid, callStatus", "call_sid, call_status"})
  void parameters_inAnySpelling_areRead(String sid, String status) {
    deliver(
        call(
            "completed",
            "{\"request\":{\"parameters\":{\"%s\":\"CA1\",\"%s\":\"busy\",".formatted(sid, status)
                + "\"sequence_number\":2,\"SipResponseCode\":486}}}"),
        accepted(1, 0));
    assertThat(server.journal().stored().getFirst().key())
        .isEqualTo(new EventKey("twilio", "CA1:2:busy"));
    assertThat(events(0)).last().isEqualTo(new CallbackEvent.TwilioCall(null, "busy", "CA1", 2));
    assertThat(((CallEvent.Ended) events(0).getFirst()).sipCode()).isEqualTo(486);
  }

  @ParameterizedTest
  @CsvSource({
    "initiated, call.initiated",
    "ringing, call.ringing",
    "answered, call.answered",
    "completed, call.released",
    "levitating, twilio.other_callback"
  })
  void call_withoutParameters_isWhatTheTypeSays(String step, String type) {
    deliver(
        call(
            step,
            "{\"sid\":\"%s\",\"timestamp\":\"2025-01-01T00:00:00.000Z\",".formatted(CALL)
                + "\"request\":{\"method\":\"POST\",\"parameters\":{}}}"),
        accepted(1, 0));
    Delivery delivery = server.journal().stored().getFirst();
    assertThat(delivery.key()).isEqualTo(new EventKey("twilio", "event:1"));
    assertThat(delivery.wholeBeginning()).isFalse();
    assertThat(delivery.occurrences())
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.time()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
              assertThat(o.event().type().wireName()).isEqualTo(type);
            });
  }

  @Test
  void message_isMappedByTheTypeOfItsEvent() {
    deliver(TwilioSigner.events("message"), accepted(3, 0));
    String id = "SM00000000000000000000000000000001";
    assertThat(events(0))
        .containsExactly(
            new MessageEvent.Sent(
                id,
                ACCOUNT,
                "c1",
                null,
                null,
                Direction.OUTBOUND,
                2,
                "+15055550100",
                "+14155550143"),
            new MessageEvent.StatusChanged(id, MessageEvent.Status.DELIVERED, null, null));
    assertThat(events(1))
        .last()
        .isEqualTo(
            new MessageEvent.StatusChanged(id, MessageEvent.Status.UNDELIVERED, "30003", null));
    assertThat(events(2))
        .containsExactly(
            new MessageEvent.Sent(
                "SM00000000000000000000000000000002",
                ACCOUNT,
                null,
                null,
                null,
                Direction.INBOUND,
                1,
                "+15055550100",
                "+14155550143"));
    assertThat(server.journal().stored())
        .allSatisfy(
            d -> {
              assertThat(d.wholeBeginning()).isTrue();
              assertThat(d.occurrences())
                  .extracting(Occurrence::time)
                  .containsOnly(Instant.parse("2025-01-01T00:00:00Z"));
            });
  }

  @Test
  void message_ofAnUnknownStep_goesByItsStatus() {
    String data = "{\"messageSid\":\"SM1\",\"messageStatus\":\"%s\"}";
    String type = "com.twilio.messaging.message.teleported";
    String sent = event("1", type, data.formatted("READ"));
    String lost = event("2", type, data.formatted("LOST"));
    deliver("[" + sent + "," + lost + "]", accepted(2, 0));
    assertThat(events(0))
        .last()
        .isEqualTo(new MessageEvent.StatusChanged("SM1", MessageEvent.Status.READ, null, null));
    assertThat(events(1)).containsExactly(new CallbackEvent.TwilioOther(null, Kind.EVENT, null));
  }

  @Test
  void other_isStoredAndSaysNothing() {
    deliver(TwilioSigner.events("other"), accepted(2, 0));
    assertThat(events(0)).containsExactly(new CallbackEvent.TwilioOther(ACCOUNT, Kind.EVENT, null));
    assertThat(events(1)).containsExactly(new CallbackEvent.TwilioOther(null, Kind.EVENT, null));
    deliver(TwilioSigner.events("other"), accepted(0, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "\"x\"", "{\"accountSid\":[1]}"})
  void other_withAnyData_isStored(String data) {
    deliver("[" + event("1", "com.twilio.anything", data) + "]", accepted(1, 0));
  }

  @Test
  void detection_isAnAnswer() {
    String type = "com.twilio.voice.status-callback.amd.detected";
    String data =
        "{\"timestamp\":\"2025-11-03T16:20:12.900Z\",\"request\":{\"parameters\":"
            + "{\"CallSid\":\"CA1\",\"AnsweredBy\":\"human\",\"MachineDetectionDuration\":2900,"
            + "\"CallStatus\":\"in-progress\"}}}";
    deliver("[" + event("1", type, data) + "]", accepted(1, 0));
    assertThat(((CallEvent.Answered) events(0).getFirst()).answeredBy())
        .isEqualTo(AnsweredBy.HUMAN);
    assertThat(server.journal().stored().getFirst().occurrences().getFirst().time())
        .isEqualTo(Instant.parse("2025-11-03T16:20:10Z"));
  }

  @Test
  void webhook_inbound_beginsACall() {
    String type = "com.twilio.voice.twiml.call.requested";
    String parameters =
        "{\"CallSid\":\"CA1\",\"CallStatus\":\"ringing\",\"Direction\":\"inbound\"}";
    String data = "{\"request\":{\"parameters\":" + parameters + "}}";
    String bare = event("2", type, "{\"sid\":\"CA1\"}");
    deliver("[" + event("1", type, data) + "," + bare + "]", accepted(2, 0));
    assertThat(events(0)).singleElement().isInstanceOf(CallEvent.Initiated.class);
    assertThat(events(1)).singleElement().isInstanceOf(CallbackEvent.TwilioOther.class);
    assertThat(server.journal().stored().getFirst().occurrences().getFirst().time())
        .isEqualTo(DoorServer.NOW);
  }

  @Test
  void batch_withBadEvents_losesThoseOnly() {
    String good = body(1).substring(1, body(1).length() - 1);
    String id = "x".repeat(129);
    String body =
        "[7,{\"type\":\"t\"},{\"id\":\"1\"},"
            + String.join(
                ",",
                event(id, "t", "{}"),
                good,
                event("2", "com.twilio.messaging.message.sent", "{\"messageStatus\":\"SENT\"}"),
                event("3", "t", "{\"timestamp\":\"yesterday\"}"))
            + "]";
    HttpResponse<String> answer = server.send(proven(body));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"accepted\":1,\"duplicates\":0,\"rejected\":[{\"index\":0,")
        .contains("{\"index\":3,\"error\":\"invalid_value\"");
    assertThat(server.journal().refused())
        .containsEntry("twilio missing_field", 3L)
        .containsEntry("twilio wrong_type", 1L)
        .containsEntry("twilio invalid_value", 1L)
        .containsEntry("twilio invalid_time", 1L);
  }

  @Test
  void time_bad_isNamedAsItWasSent() {
    String said = event("1", "t", "{\"timestamp\":\"today\"}");
    String attribute = event("2", "t", "{}").replace("\"data\"", "\"time\":\"now\",\"data\"");
    assertThat(server.send(proven("[" + said + "," + attribute + "]")).body())
        .contains("\"data.timestamp: \\\"today\\\"", "\"time: \\\"now\\\"");
  }

  @Test
  void event_alone_isABatchOfOne() {
    String one = body(1);
    deliver(one.substring(1, one.length() - 1), accepted(1, 0));
  }

  @Test
  void array_empty_isNothing() {
    HttpResponse<String> answer = server.send(proven("[]"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(accepted(0, 0));
    assertThat(server.journal().refused()).isEmpty();
  }

  @Test
  void hash_missing_isRefused() {
    HttpRequest.Builder request =
        to(PATH, body(1)).header("X-Twilio-Signature", sign(server.url() + PATH, ""));
    assertRefused(server.send(request), 403, "bad_signature");
  }
}
