package io.busyhour.receive.twilio;

import static io.busyhour.receive.twilio.TwilioSigner.payload;
import static io.busyhour.receive.twilio.TwilioSigner.sign;
import static io.busyhour.receive.twilio.TwilioSigner.with;
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
import io.busyhour.event.Outcome;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioDoorTest extends DoorContract {
  private static final String VOICE = "/twilio/voice";
  private static final String BUSY = payload("voice-status-busy");

  @Override
  protected HttpRequest.Builder proven(String body) {
    return signed(VOICE, body);
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    return form(VOICE, body).header("X-Twilio-Signature", sign(server.url() + "/other", body));
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return form(VOICE, body);
  }

  private HttpRequest.Builder signed(String path, String body) {
    return form(path, body).header("X-Twilio-Signature", sign(server.url() + path, body));
  }

  private HttpRequest.Builder form(String path, String body) {
    return server
        .to(path)
        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
        .POST(BodyPublishers.ofString(body));
  }

  @Override
  protected String body(int number) {
    return with(BUSY, "SequenceNumber", String.valueOf(number));
  }

  @Override
  protected String bodyWithUnknownFields() {
    return BUSY + "&Weather=sunny&Empty=&Bare&=nameless&Weather=wet";
  }

  @Override
  protected String bodyOfUnknownType() {
    return with(BUSY, "CallStatus", "beamed-up");
  }

  /** Without what cannot be signed: a broken percent code is tried by itself. */
  @Override
  protected List<String> garbage() {
    return super.garbage().stream().filter(each -> !each.contains("%")).toList();
  }

  @Override
  protected String bodyOf(int length) {
    return BUSY + "&Note=" + "x".repeat(length);
  }

  @Override
  protected String source() {
    return "twilio";
  }

  @Override
  protected int unprovenStatus() {
    return 403;
  }

  private Delivery only() {
    List<Delivery> stored = server.journal().stored();
    assertThat(stored).hasSize(1);
    return stored.get(0);
  }

  private Delivery deliver(String path, String body) {
    HttpResponse<String> answer = server.send(signed(path, body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    return only();
  }

  private static List<Event> events(Delivery delivery) {
    return delivery.occurrences().stream().map(Occurrence::event).toList();
  }

  @Test
  void form_beyond64KiB_isRefusedBeforeItsProofIsLookedAt() {
    String note = BUSY + "&Note=";
    String fits = note + "x".repeat(64 * 1024 - note.length());
    assertRefused(server.send(wronglyProven(fits)), 403, "bad_signature");
    assertRefused(server.send(wronglyProven(fits + "x")), 413, "too_large");
    assertThat(server.send(proven(fits)).statusCode()).isEqualTo(204);
  }

  @Test
  void status_busy_isMapped() {
    Delivery delivery = deliver(VOICE + "?campaign_id=c%2F1&user_id=u1&trunk=t1", BUSY);
    assertThat(delivery.key())
        .isEqualTo(new EventKey("twilio", "CA00000000000000000000000000000abc:2:busy"));
    assertThat(delivery.wholeBeginning()).isTrue();
    assertThat(delivery.occurrences())
        .extracting(Occurrence::time)
        .containsOnly(Instant.parse("2025-11-03T16:20:09Z"));
    String account = "AC00000000000000000000000000000001";
    String call = "CA00000000000000000000000000000abc";
    CallEvent.Beginning beginning =
        new CallEvent.Beginning(
            account,
            "u1",
            "c/1",
            "t1",
            "twilio",
            Direction.OUTBOUND,
            "+15055550100",
            "+14155550143",
            null,
            null,
            null,
            null);
    assertThat(events(delivery))
        .containsExactly(
            new CallEvent.Ended(
                call, Outcome.BUSY, 486, null, null, 0.0, null, null, null, null, null, beginning),
            new CallbackEvent.TwilioCall(account, "busy", call, 2));
  }

  @Test
  void status_wholeLife_isMapped() {
    for (String step : List.of("completed", "initiated", "in-progress", "ringing")) {
      HttpResponse<String> answer = server.send(signed(VOICE, payload("voice-status-" + step)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }
    List<Occurrence> calls =
        server.journal().stored().stream()
            .flatMap(d -> d.occurrences().stream())
            .filter(o -> o.event() instanceof CallEvent)
            .toList();
    assertThat(calls)
        .extracting(o -> o.event().type().wireName() + " " + o.time())
        .containsExactly(
            "call.ended 2025-11-03T16:21:10Z",
            "call.initiated 2025-11-03T16:20:00Z",
            "call.answered 2025-11-03T16:20:09Z",
            "call.ringing 2025-11-03T16:20:02Z");
    assertThat(calls)
        .allSatisfy(o -> assertThat(o.data().get("parent_call_id")).asString().endsWith("def"));
    CallEvent.Ended ended = (CallEvent.Ended) calls.get(0).event();
    assertThat(ended.durationSeconds()).isEqualTo(61.0);
    assertThat(ended.hasAudio()).isTrue();
    CallEvent.Answered answered = (CallEvent.Answered) calls.get(2).event();
    assertThat(answered.answeredBy()).isEqualTo(AnsweredBy.MACHINE);
  }

  @Test
  void status_retry_isTheSameDelivery() {
    server.send(signed(VOICE, BUSY).header("I-Twilio-Idempotency-Token", "1"));
    server.send(signed(VOICE, BUSY + "&Added=later").header("I-Twilio-Idempotency-Token", "2"));
    assertThat(server.journal().stored()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "completed, 200, COMPLETED",
    "no-answer, 487, NO_ANSWER",
    "canceled, 487, CANCELED",
    "failed, 404, FAILED",
    "failed, 408, TIMEOUT",
    "failed, 504, TIMEOUT",
    "failed, '', FAILED"
  })
  void status_terminal_hasItsOutcome(String status, String sip, Outcome outcome) {
    String body = with(with(BUSY, "CallStatus", status), "SipResponseCode", sip);
    assertThat(events(deliver(VOICE, body)).get(0))
        .isInstanceOfSatisfying(
            CallEvent.Ended.class, e -> assertThat(e.outcome()).isEqualTo(outcome));
  }

  @ParameterizedTest
  @CsvSource({
    "inbound, INBOUND",
    "outbound-api, OUTBOUND",
    "outbound-dial, OUTBOUND",
    "trunking-originating, INBOUND",
    "trunking-terminating, OUTBOUND",
    "sideways,"
  })
  void direction_isMapped(String word, Direction direction) {
    CallEvent.Ended ended =
        (CallEvent.Ended) events(deliver(VOICE, with(BUSY, "Direction", word))).get(0);
    assertThat(ended.beginning().direction()).isEqualTo(direction);
  }

  @Test
  void status_unknown_isCountedAsOther() {
    Delivery delivery = deliver(VOICE, with(BUSY, "CallStatus", "levitating"));
    assertThat(events(delivery))
        .containsExactly(
            new CallbackEvent.TwilioCall(
                "AC00000000000000000000000000000001",
                "other",
                "CA00000000000000000000000000000abc",
                2));
  }

  @Test
  void status_answeredAsSignalWireSaysIt_isAnAnswer() {
    Delivery delivery = deliver(VOICE, with(BUSY, "CallStatus", "answered"));
    assertThat(events(delivery).get(0)).isInstanceOf(CallEvent.Answered.class);
  }

  @Test
  void webhook_inbound_beginsACallAndGetsTwiml() {
    HttpResponse<String> answer = server.send(signed(VOICE, payload("voice-webhook-inbound")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
    assertThat(answer.body()).isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
    assertThat(events(only())).singleElement().isInstanceOf(CallEvent.Initiated.class);
    assertThat(only().occurrences().get(0).time()).isEqualTo(DoorServer.NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "outbound-api, in-progress, call.answered",
    "inbound, in-progress, twilio.other_callback",
    "inbound, levitating, twilio.other_callback"
  })
  void webhook_later_isStoredAndAnswersOutboundCallsOnly(
      String direction, String status, String type) {
    String body = with(payload("voice-webhook-inbound"), "CallStatus", status);
    HttpRequest.Builder request = signed(VOICE, with(body, "Direction", direction));
    assertThat(server.send(request).body()).endsWith("<Response/>");
    assertThat(events(only())).extracting(e -> e.type().wireName()).containsExactly(type);
    assertThat(server.journal().refused()).isEmpty();
  }

  @Test
  void detection_isAnAnswerWhenItBegan() {
    Delivery delivery = deliver(VOICE, payload("detection"));
    assertThat(delivery.occurrences().get(0).time())
        .isEqualTo(DoorServer.NOW.minus(Duration.ofMillis(2900)));
    assertThat(events(delivery))
        .singleElement()
        .isInstanceOfSatisfying(
            CallEvent.Answered.class, a -> assertThat(a.answeredBy()).isEqualTo(AnsweredBy.HUMAN));
  }

  @Test
  void recording_completed_saysThatThereIsOne() {
    deliver(VOICE, payload("recording"));
    Delivery delivery = deliver(VOICE, payload("recording"));
    String call = "CA00000000000000000000000000000123";
    assertThat(delivery.key())
        .isEqualTo(new EventKey("twilio", "RE00000000000000000000000000000001:completed"));
    assertThat(delivery.wholeBeginning()).isFalse();
    assertThat(events(delivery))
        .containsExactly(
            new CallbackEvent.TwilioOther(
                "AC00000000000000000000000000000001", Kind.RECORDING, call),
            new CallEvent.Recorded(call, null, true));
  }

  @ParameterizedTest
  @CsvSource({"RecordingStatus, absent", "RecordingStatus, in-progress", "CallSid, ''"})
  void recording_notThereOrOfNoCall_saysNothing(String parameter, String value) {
    assertThat(events(deliver(VOICE, with(payload("recording"), parameter, value))))
        .singleElement()
        .isInstanceOf(CallbackEvent.TwilioOther.class);
  }

  @Test
  void conference_isStoredOnceAndSaysNothing() {
    deliver(VOICE, payload("conference"));
    Delivery delivery = deliver(VOICE, payload("conference"));
    assertThat(delivery.key())
        .isEqualTo(new EventKey("twilio", "CF00000000000000000000000000000001:5:conference-end"));
    assertThat(events(delivery))
        .containsExactly(
            new CallbackEvent.TwilioOther(
                "AC00000000000000000000000000000001", Kind.CONFERENCE, null));
  }

  @Test
  void debugger_isStoredOnceAndSaysNothing() {
    deliver(VOICE, payload("debugger"));
    Delivery delivery = deliver(VOICE, payload("debugger"));
    assertThat(delivery.key())
        .isEqualTo(new EventKey("twilio", "debugger:NO00000000000000000000000000000001"));
    assertThat(events(delivery))
        .containsExactly(
            new CallbackEvent.TwilioOther(
                "AC00000000000000000000000000000001", Kind.DEBUGGER, null));
  }

  @Test
  void message_undelivered_isMapped() {
    Delivery delivery = deliver("/twilio/messages?campaign_id=c1", payload("message-undelivered"));
    String account = "AC00000000000000000000000000000001";
    String id = "SM00000000000000000000000000000001";
    assertThat(delivery.key()).isEqualTo(new EventKey("twilio", id + ":undelivered"));
    assertThat(delivery.wholeBeginning()).isTrue();
    assertThat(events(delivery))
        .containsExactly(
            new CallbackEvent.TwilioMessage(account, "undelivered", "30003", id),
            new MessageEvent.Sent(
                id,
                account,
                "c1",
                null,
                null,
                Direction.OUTBOUND,
                null,
                "+15055550100",
                "+14155550143"),
            new MessageEvent.StatusChanged(id, MessageEvent.Status.UNDELIVERED, "30003", null));
  }

  @ParameterizedTest
  @CsvSource({
    "queued, QUEUED",
    "accepted, QUEUED",
    "scheduled, QUEUED",
    "sending, QUEUED",
    "sent, SENT",
    "delivered, DELIVERED",
    "partially_delivered, DELIVERED",
    "undelivered, UNDELIVERED",
    "failed, FAILED",
    "canceled, FAILED",
    "read, READ"
  })
  void message_status_isMapped(String word, MessageEvent.Status status) {
    String body = with(payload("message-undelivered"), "MessageStatus", word);
    assertThat(events(deliver("/twilio/messages", with(body, "ErrorCode", ""))).get(2))
        .isInstanceOfSatisfying(
            MessageEvent.StatusChanged.class,
            s -> {
              assertThat(s.status()).isEqualTo(status);
              assertThat(s.errorCode()).isNull();
            });
  }

  @Test
  void message_unknownWords_areCountedAsOther() {
    String body = with(payload("message-undelivered"), "MessageStatus", "lost");
    Delivery delivery = deliver("/twilio/messages", with(body, "ErrorCode", "E1"));
    assertThat(events(delivery).get(0))
        .isEqualTo(
            new CallbackEvent.TwilioMessage(
                "AC00000000000000000000000000000001",
                "other",
                "other",
                "SM00000000000000000000000000000001"));
    assertThat(events(delivery)).hasSize(2);
  }

  @Test
  void message_inbound_isMappedAndGetsTwiml() {
    HttpResponse<String> answer =
        server.send(signed("/twilio/messages", payload("message-inbound")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).endsWith("<Response/>");
    assertThat(events(only()))
        .containsExactly(
            new MessageEvent.Sent(
                "SM00000000000000000000000000000002",
                "AC00000000000000000000000000000001",
                null,
                null,
                null,
                Direction.INBOUND,
                1,
                "+14155550143",
                "+15055550100"));
  }

  @ParameterizedTest
  @ValueSource(strings = {VOICE, "/twilio/messages"})
  void get_signedUrl_isTheSame(String path) {
    String form = path.equals(VOICE) ? BUSY : payload("message-undelivered");
    String withQuery = path + "?campaign_id=c1&" + form;
    String signature = sign(server.url() + withQuery, "");
    HttpResponse<String> answer =
        server.send(server.to(withQuery).header("X-Twilio-Signature", signature));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(only().occurrences().toString()).contains("=c1").contains("+15055550100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | missing_field",
        "CallSid=CA1 | missing_field",
        "CallStatus=ringing&CallbackSource=x | missing_field",
        "CallSid=%zz&CallStatus=busy | malformed_form",
        "CallSid=%4 | malformed_form",
        "CallSid=%FF&CallStatus=busy | invalid_utf8",
        "CallSid=a%00b&CallStatus=busy&CallbackSource=x | invalid_value",
        "CallSid=c&CallStatus=busy&CallbackSource=x&CallDuration=-1 | invalid_value",
        "CallSid=c&CallStatus=busy&CallbackSource=x&CallDuration=NaN | invalid_value",
        "CallSid=c&CallStatus=busy&CallbackSource=x&SipResponseCode=7 | invalid_value",
        "CallSid=c&CallStatus=busy&CallbackSource=x&Timestamp=now | invalid_time",
        "CallSid=c&CallStatus=busy&CallbackSource=x"
            + "&Timestamp=Sat,+01+Jan+0001+00:00:00+%2B0000 | invalid_time"
      })
  void form_bad_isRefused(String body, String word) {
    // Twilio never signs what cannot be decoded, so that any signature will do for those.
    String signature = word.equals("malformed_form") ? "x" : sign(server.url() + VOICE, body);
    HttpRequest.Builder request = form(VOICE, body).header("X-Twilio-Signature", signature);
    assertRefused(server.send(request), 400, word);
    assertThat(server.journal().refused()).containsOnlyKeys("twilio " + word);
  }

  @Test
  void json_withGoodHash_isTheWrongFormat() {
    String url =
        VOICE + "?bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    HttpRequest.Builder request =
        server
            .to(url)
            .header("Content-Type", "application/json")
            .header("X-Twilio-Signature", sign(server.url() + url, ""));
    assertRefused(
        server.send(request.copy().POST(BodyPublishers.ofString("{}"))),
        415,
        "unsupported_media_type");
    assertRefused(
        server.send(request.copy().POST(BodyPublishers.ofString("{ }"))), 403, "bad_signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/twilio/voice?a=%7e%7E~&b=It's+one&c=%2f/:@!$()*,;=?&d&=",
        "/twilio/voice?campaign_id=a%20b+c%C3%A9",
        "/twilio/voice;v=1?x=1"
      })
  void url_isTakenAsItWasSent(String target) throws IOException {
    String host = URI.create(server.url()).getAuthority();
    String signature = sign("http://" + host + target, BUSY);
    String request =
        String.join(
            "\r\n",
            "POST " + target + " HTTP/1.1",
            "Host: " + host,
            "Connection: close",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: " + BUSY.length(),
            "X-Twilio-Signature: " + signature,
            "",
            BUSY);
    int port = URI.create(server.url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      assertThat(answer).startsWith("HTTP/1.1 204");
    }
  }
}
