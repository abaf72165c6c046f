package io.busyhour.receive.kamailio;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Zone;
import io.busyhour.event.CallbackEvent.RecordKind;
import io.busyhour.event.CallbackEvent.SwitchOther;
import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.receive.DoorContract;
import io.busyhour.receive.DoorServer;
import io.busyhour.receive.Payloads;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KamailioDoorTest extends DoorContract {
  private static final String PATH = "/kamailio/events";
  private static final String CALL = "9c1f@198.51.100.7";

  @Override
  protected HttpRequest.Builder proven(String body) {
    return to(PATH, body).header("Authorization", "Bearer " + DoorServer.TOKEN);
  }

  @Override
  protected HttpRequest.Builder wronglyProven(String body) {
    return to(PATH, body).header("Authorization", "Bearer " + DoorServer.READER);
  }

  @Override
  protected HttpRequest.Builder unproven(String body) {
    return to(PATH, body);
  }

  private HttpRequest.Builder to(String path, String body) {
    return server
        .to(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  @Override
  protected String body(int number) {
    return invite(String.valueOf(200 + number), "1762186801");
  }

  @Override
  protected String bodyWithUnknownFields() {
    return body(1).replace("{", "{\"weather\":{\"sun\":[1,null]},\"\":0,");
  }

  @Override
  protected String bodyOf(int length) {
    return body(1).replace("{", "{\"note\":\"" + "x".repeat(length) + "\",");
  }

  @Override
  protected String source() {
    return "kamailio";
  }

  @Override
  protected int unprovenStatus() {
    return 401;
  }

  @Override
  protected String bodyOfUnknownType() {
    return "{\"event\":\"dialog:beamed-up\",\"callid\":\"c1\",\"time\":1762186801}";
  }

  private static String invite(String code, String time) {
    return ("{\"method\":\"INVITE\",\"callid\":\"%s\",\"to_tag\":\"gK0c\",\"sip_code\":\"%s\","
            + "\"time\":%s}")
        .formatted(CALL, code, time);
  }

  private HttpResponse<String> post(String path, String body) {
    return server.send(to(path, body).header("Authorization", "Bearer " + DoorServer.TOKEN));
  }

  private List<Occurrence> heard(String path, String body) {
    HttpResponse<String> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).endsWith("\"rejected\":[]}");
    return server.journal().stored().stream().flatMap(d -> d.occurrences().stream()).toList();
  }

  private Event only(String body) {
    server.journal().clear();
    List<Occurrence> heard = heard(PATH, body);
    assertThat(heard).hasSize(1);
    return heard.get(0).event();
  }

  private static Beginning between(String account, String from, String to) {
    return new Beginning(account, null, null, null, null, null, from, to, null, null, null, null);
  }

  @Test
  void acc_json_isTheAnswer() {
    List<Occurrence> heard = heard(PATH, Payloads.text("kamailio/acc.json"));
    assertThat(heard)
        .extracting(Occurrence::event)
        .containsExactly(new CallEvent.Taken(CALL, between(null, "+14155550143", "+15055550100")));
    assertThat(heard.get(0).time()).isEqualTo(Instant.parse("2025-11-03T16:20:01Z"));
    assertThat(server.journal().stored())
        .extracting(Delivery::key)
        .containsExactly(
            new EventKey("kamailio", "INVITE 200 2025-11-03T16:20:01Z " + CALL + " gK0c"));
  }

  @Test
  void acc_line_isTheAnswer() {
    List<Occurrence> heard = heard(PATH, Payloads.text("kamailio/acc.txt"));
    assertThat(heard)
        .extracting(Occurrence::event)
        .containsExactly(new CallEvent.Taken("7c1e@203.0.113.10", Beginning.UNKNOWN));
    assertThat(heard.get(0).time()).isEqualTo(Instant.parse("2026-11-20T08:00:00.412Z"));
  }

  @Test
  void cdr_json_isACompletedCallOfUnknownTalkTime() {
    List<Occurrence> heard = heard(PATH, Payloads.text("kamailio/cdr.json"));
    assertThat(heard)
        .extracting(Occurrence::event)
        .containsExactly(
            new CallEvent.Initiated(CALL, between("acme", null, null)), completed(CALL, null));
    assertThat(heard)
        .extracting(Occurrence::time)
        .containsExactly(
            Instant.parse("2025-11-03T16:20:01.120Z"), Instant.parse("2025-11-03T16:21:02.481Z"));
  }

  private static CallEvent completed(String call, Double seconds) {
    return new CallEvent.Ended(
        call,
        Outcome.COMPLETED,
        200,
        null,
        null,
        seconds,
        null,
        null,
        null,
        null,
        null,
        Beginning.UNKNOWN);
  }

  @Test
  void cdr_thatStartsAtTheAnswer_hasTalkTime() {
    List<Occurrence> heard =
        heard(PATH + "?cdr_start=confirmed", Payloads.text("kamailio/cdr.json"));
    assertThat(heard)
        .extracting(Occurrence::event)
        .containsExactly(
            new CallEvent.Taken(CALL, between("acme", null, null)), completed(CALL, 61.361));
  }

  @Test
  void cdr_lineWithoutCallId_isACallOfItsOwn() {
    String line = Payloads.text("kamailio/cdr.txt");
    List<Occurrence> heard = heard(PATH, line);
    CallEvent.Initiated begun = (CallEvent.Initiated) heard.get(0).event();
    assertThat(begun.callId()).matches("cdr-[0-9a-f]{64}");
    assertThat(begun.beginning()).isEqualTo(between("12345", "+15035550101", "+13035550123"));
    assertThat(heard.get(1).event()).isEqualTo(completed(begun.callId(), null));
    assertThat(post(PATH, line).body()).contains("\"duplicates\":1");
    assertThat(post(PATH, line.replace("15035550101", "15035550102")).body())
        .contains("\"accepted\":1");
  }

  @Test
  void cdr_ofAFailedDialog_isNotCompleted() {
    String cdr =
        "{\"start_time\":\"1762186801.120\",\"end_time\":\"1762186801.120\",%s\"callid\":\"c\"}";
    for (String duration : List.of("\"duration\":\"0\",", "\"duration\":0,", "\"duration\":0.0,")) {
      server.journal().clear();
      assertThat(heard(PATH, cdr.formatted(duration)))
          .extracting(Occurrence::event)
          .containsExactly(
              new CallEvent.Initiated("c", Beginning.UNKNOWN), released("c", Outcome.FAILED, null));
    }
    server.journal().clear();
    assertThat(
            heard(
                PATH + "?cdr_start=confirmed",
                cdr.formatted("\"duration\":\"0\",\"sip_code\":486,")))
        .extracting(Occurrence::event)
        .containsExactly(
            new CallEvent.Initiated("c", Beginning.UNKNOWN), released("c", Outcome.BUSY, 486));
    assertThat(only(cdr.formatted("\"duration\":\"0\",\"sip_code\":\"302\",")))
        .isInstanceOf(SwitchOther.class);
    // A call of no time at all: a duration that was measured has a fraction.
    server.journal().clear();
    assertThat(heard(PATH, cdr.formatted("\"duration\":\"0.000\",")))
        .extracting(Occurrence::event)
        .contains(completed("c", null));
  }

  private static CallEvent released(String call, Outcome outcome, Integer code) {
    return new CallEvent.Released(call, outcome, code, null, null, Beginning.UNKNOWN);
  }

  @Test
  void cdr_withTimesOfTheScript_hasAllSteps() {
    String cdr =
        Payloads.text("kamailio/cdr.json")
            .replace(
                "{",
                "{\"ringing_time\":\"1762186802.5\",\"answer_time\":\"1762186805.250000\","
                    + "\"hangup_source\":\"callee\",");
    assertThat(heard(PATH, cdr))
        .extracting(Occurrence::time)
        .containsExactly(
            Instant.parse("2025-11-03T16:20:01.120Z"),
            Instant.parse("2025-11-03T16:20:02.5Z"),
            Instant.parse("2025-11-03T16:20:05.25Z"),
            Instant.parse("2025-11-03T16:21:02.481Z"));
  }

  @Test
  void row_isTheWholeCall() {
    List<Occurrence> heard = heard(PATH, Payloads.text("kamailio/row.json"));
    String call = "7c1e@203.0.113.10";
    assertThat(heard)
        .extracting(Occurrence::event)
        .containsExactly(
            new CallEvent.Initiated(
                call,
                new Beginning(
                    "12345",
                    null,
                    null,
                    "trk-denver-1",
                    "peerless",
                    Direction.OUTBOUND,
                    "+15035550101",
                    "+13035550123",
                    Zone.INTERSTATE,
                    null,
                    null,
                    null)),
            new CallEvent.Ringing(call, null, Beginning.UNKNOWN),
            new CallEvent.Answered(call, null, Beginning.UNKNOWN),
            new CallEvent.Ended(
                call,
                Outcome.COMPLETED,
                200,
                16,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Beginning.UNKNOWN));
    assertThat(heard)
        .extracting(o -> o.time().toString())
        .containsExactly(
            "2026-11-20T08:00:00.412Z",
            "2026-11-20T08:00:01.905Z",
            "2026-11-20T08:00:06.120Z",
            "2026-11-20T08:01:08.620Z");
    assertThat(server.journal().stored()).allMatch(Delivery::wholeBeginning);
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, 486, BUSY",
    "NO_ANSWER, 480, NO_ANSWER",
    "NO ANSWER, 487, NO_ANSWER",
    "CANCEL, 487, CANCELED",
    "FAILED, 503, FAILED",
    "FAILED, 408, TIMEOUT",
    "FAILED, 603, REJECTED",
    "FAILED, 302, FAILED",
    "FAILED, , FAILED",
    ", 404, FAILED",
    ", 486, BUSY"
  })
  void row_notAnswered_hasItsOutcome(String disposition, String code, Outcome outcome) {
    List<Occurrence> heard =
        heard(
            PATH,
            ("{\"sip_callid\":\"c\",\"start_stamp\":1762186801,\"end_stamp\":1762186810,"
                    + "\"answer_stamp\":null,\"disposition\":%s,\"sip_response_code\":%s}")
                .formatted(disposition == null ? "null" : "\"" + disposition + "\"", code));
    assertThat(((CallEvent.Ended) heard.get(1).event()).outcome()).isEqualTo(outcome);
  }

  @Test
  void lines_ofSyslog_areReadEachForItself() {
    String lines = Payloads.text("kamailio/syslog.txt");
    String withBroken = "NOTICE: <script>: hello\n\n" + lines + "\nACC: transaction answered: \n";
    HttpResponse<String> answer = post(PATH, withBroken);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith(
            "{\"accepted\":6,\"duplicates\":0,"
                + "\"rejected\":[{\"index\":0,\"error\":\"unknown_type\"")
        .contains(
            "{\"index\":8,\"error\":\"missing_field\",\"message\":\"This record needs method.\"}");
    assertThat(server.journal().refused())
        .containsEntry("kamailio unknown_type", 1L)
        .containsEntry("kamailio missing_field", 1L);
    assertThat(server.journal().stored().stream().flatMap(d -> d.occurrences().stream()))
        .extracting(Occurrence::event)
        .containsExactly(
            new CallEvent.Taken(CALL, between(null, "+14155550143", "+15055550100")),
            new CallEvent.Initiated(CALL, between("acme", null, null)),
            completed(CALL, null),
            released("9c20@198.51.100.7", Outcome.BUSY, 486),
            new SwitchOther(RecordKind.TRANSACTION, CALL),
            released("9c21@198.51.100.7", Outcome.FAILED, 404),
            completed(CALL, null));
    assertThat(server.journal().stored().get(0).occurrences().get(0).time())
        .isEqualTo(Instant.parse("2025-11-03T16:20:01.412Z"));
  }

  @Test
  void lines_allBroken_areRefused() {
    assertThat(post(PATH, "one\ntwo\n").statusCode()).isEqualTo(400);
    assertThat(server.journal().refused()).containsEntry("kamailio unknown_type", 2L);
  }

  @Test
  void line_thatIsNoUtf8_costsItself() {
    byte[] latin1 =
        (Payloads.text("kamailio/acc.txt") + "\nACC: \u00e9t\u00e9 timestamp=1\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> answer = server.send(proven("").POST(BodyPublishers.ofByteArray(latin1)));
    assertThat(answer.body())
        .startsWith("{\"accepted\":1,")
        .contains("\"index\":1,\"error\":\"invalid_utf8\"");
  }

  @Test
  void objects_onePerLineOrInAnArray_areABatch() {
    String lines = body(0) + " \r\n\n" + body(1) + "\n{\"broken\n";
    assertThat(post(PATH, lines).body())
        .startsWith("{\"accepted\":2,")
        .contains("{\"index\":3,\"error\":\"malformed_json\"");
    String array = "\ufeff [" + body(0) + "," + body(2) + ",7]";
    assertThat(post(PATH, array).body())
        .startsWith("{\"accepted\":1,\"duplicates\":1,")
        .contains("{\"index\":2,\"error\":\"wrong_type\"");
  }

  @Test
  void object_overSeveralLines_isOne() {
    assertThat(only(body(0).replace(",", ",\n  ").replace("{", "{\n")))
        .isInstanceOf(CallEvent.Taken.class);
  }

  @Test
  void pseudoJson_withSingleQuotes_isRead() {
    assertThat(only(body(0).replace('"', '\''))).isInstanceOf(CallEvent.Taken.class);
  }

  @Test
  void pseudoJson_onePerLine_isRead() {
    String lines =
        body(0).replace('"', '\'') + "\n" + body(1).replace("{\"", " { '").replace('"', '\'');
    assertThat(post(PATH, lines).body()).startsWith("{\"accepted\":2,");
  }

  @ParameterizedTest
  @CsvSource({
    "INVITE, 100, SwitchOther",
    "INVITE, 180, Ringing",
    "INVITE, 183, Ringing",
    "INVITE, 200, Taken",
    "INVITE, 302, SwitchOther",
    "INVITE, 401, SwitchOther",
    "INVITE, 407, SwitchOther",
    "INVITE, 491, SwitchOther",
    "INVITE, 403, Released",
    "INVITE, 487, Released",
    "BYE, 200, Ended",
    "BYE, 407, SwitchOther",
    "BYE, 408, Released",
    "BYE, 481, Released",
    "BYE, 500, SwitchOther",
    "CANCEL, 200, SwitchOther",
    "ACK, 200, SwitchOther",
    "REGISTER, 200, SwitchOther",
    "OPTIONS, 404, SwitchOther",
    "UPDATE, 200, SwitchOther"
  })
  void transaction_isTheEventThatItTells(String method, String code, String event) {
    Event told = only(invite(code, "1762186801").replace("INVITE", method));
    assertThat(told.getClass().getSimpleName()).isEqualTo(event);
  }

  @Test
  void bye_ofTheCalledSide_doesNotTurnTheCallAround() {
    Event told =
        only(
            body(0)
                .replace("INVITE", "BYE")
                .replace(
                    "{",
                    "{\"src_user\":\"callee\",\"dst_user\":\"caller\",\"trunk\":\"t1\","
                        + "\"hangup_source\":\"callee\","));
    CallEvent.Ended ended = (CallEvent.Ended) told;
    assertThat(ended.hangupSource()).isEqualTo("callee");
    assertThat(ended.beginning())
        .isEqualTo(
            new Beginning(null, null, null, "t1", null, null, null, null, null, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1762186801 | 2025-11-03T16:20:01Z",
        "1762186801.5 | 2025-11-03T16:20:01.5Z",
        "1762186801.4120001793 | 2025-11-03T16:20:01.412Z",
        "\"1762186801\" | 2025-11-03T16:20:01Z",
        "\"1762186801.412\" | 2025-11-03T16:20:01.412Z",
        "1762186801,\"time_exten\":412000 | 2025-11-03T16:20:01.412Z",
        "\"2025-11-03 17:20:01\",\"time_attr\":\"1762186801.412\" | 2025-11-03T16:20:01.412Z",
        "1762186801,\"time_attr\":\"2025-11-03 17:20:01\" | 2025-11-03T16:20:01Z",
        "1762186801,\"time_attr\":1762186801,\"time_exten\":\"5\" | 2025-11-03T16:20:01.000005Z",
        "\"2025-11-03T17:20:01+01:00\" | 2025-11-03T16:20:01Z"
      })
  void time_inAnyForm_isTheSame(String time, Instant expected) {
    assertThat(heard(PATH, invite("200", time)).get(0).time()).isEqualTo(expected);
  }

  @Test
  void time_formatted_isRefusedWithARemedy() {
    HttpResponse<String> answer = post(PATH, invite("200", "\"2025-11-03 16:20:01\""));
    assertRefused(answer, 400, "invalid_time");
    assertThat(answer.body()).contains("time_mode");
  }

  @Test
  void dialog_eventsOfTheScript_areTheStepsOfACall() {
    String event = "{\"event\":\"dialog:%s\",\"callid\":\"c\",\"time\":\"1762186801.5\"%s}";
    assertThat(only(event.formatted("start", "")))
        .isEqualTo(new CallEvent.Taken("c", Beginning.UNKNOWN));
    assertThat(only(event.formatted("end", ""))).isEqualTo(completed("c", null));
    assertThat(only(event.formatted("failed", ""))).isEqualTo(released("c", Outcome.FAILED, null));
    assertThat(only(event.formatted("failed", ",\"code\":487")))
        .isEqualTo(released("c", Outcome.CANCELED, 487));
    assertThat(only(event.formatted("failed", ",\"sip_code\":\"407\"")))
        .isEqualTo(new SwitchOther(RecordKind.TRANSACTION, "c"));
  }

  @Test
  void dialog_eventWithoutTime_isOfItsReceipt() {
    String event = "{\"event\":\"dialog:start\",\"callid\":\"c\"}";
    assertThat(heard(PATH, event)).extracting(Occurrence::time).containsExactly(DoorServer.NOW);
    assertThat(post(PATH, event).body()).contains("\"duplicates\":1");
  }

  @Test
  void value_thatStandsForNothing_isAbsent() {
    Event told =
        only(
            body(0)
                .replace(
                    "{",
                    "{\"customer_id\":\"<null>\",\"account_id\":\"a1\",\"trunk\":\"NON-UTF8\","
                        + "\"carrier\":\"\",\"src_user\":\"%s\",".formatted("9".repeat(300))));
    assertThat(((CallEvent.Taken) told).beginning()).isEqualTo(between("a1", null, null));
  }

  @Test
  void callId_longerThanAny_isRefused() {
    assertRefused(post(PATH, body(0).replace(CALL, "x".repeat(129))), 400, "invalid_value");
    // What is of no call need not have a good one.
    assertThat(only(body(0).replace(CALL, "x".repeat(129)).replace("INVITE", "OPTIONS")))
        .isEqualTo(new SwitchOther(RecordKind.TRANSACTION, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"method\":\"INVITE\",\"sip_code\":\"200\",\"time\":1762186801}",
        "{\"method\":\"INVITE\",\"callid\":\"c\",\"time\":1762186801}",
        "{\"method\":\"INVITE\",\"callid\":\"c\",\"sip_code\":\"200\"}",
        "{\"start_time\":\"1762186801.1\",\"callid\":\"c\"}",
        "{\"start_stamp\":\"2025-11-03T16:20:01Z\",\"sip_callid\":\"c\"}",
        "{\"event\":\"dialog:end\"}",
        " \r\n\t "
      })
  void record_withoutWhatItNeeds_isRefused(String body) {
    assertRefused(post(PATH, body), 400, "missing_field");
  }

  @Test
  void record_ofNoKindOrWithBadCode_isRefused() {
    assertRefused(post(PATH, "{\"weather\":\"sunny\"}"), 400, "unknown_type");
    assertRefused(post(PATH, invite("99", "1762186801")), 400, "invalid_value");
    assertRefused(post(PATH + "?cdr_start=never", body(0)), 400, "invalid_value");
    assertRefused(post(PATH, body(0) + " x"), 400, "malformed_json");
  }
}
