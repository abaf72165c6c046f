package io.busyhour.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.event.Outcome;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.receive.DoorServer;
import io.busyhour.receive.Payloads;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of which Kamailio and RTPEngine tell, through their doors. */
class SipCallTest {
  /** The start of every call: 8:00:00 on the day of the stage. */
  private static final long START = 1_795_161_600;

  private static DoorServer doors;
  private final Stage stage = new Stage();

  @BeforeAll
  static void open() {
    doors = DoorServer.start();
  }

  @AfterAll
  static void shut() {
    doors.close();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static String acc(String method, int code, double second) {
    return acc("c1", method, code, second);
  }

  private static String acc(String call, String method, int code, double second) {
    return ("{\"method\":\"%s\",\"callid\":\"%s\",\"to_tag\":\"t%s\",\"sip_code\":\"%d\","
            + "\"time\":%.3f,\"src_user\":\"15035550101\",\"dst_user\":\"13035550123\","
            + "\"customer_id\":\"acme\",\"trunk\":\"t1\"}")
        .formatted(method, call, method, code, START + second);
  }

  private static String cdr(double start, double end, String duration) {
    return ("{\"start_time\":\"%.3f\",\"end_time\":\"%.3f\",\"duration\":\"%s\",\"callid\":\"c1\","
            + "\"customer_id\":\"acme\",\"direction\":\"TERMINATING\"}")
        .formatted(START + start, START + end, duration);
  }

  private static Delivery through(String path, String body) {
    doors.journal().clear();
    HttpResponse<String> answer =
        doors.send(
            doors
                .to(path)
                .header("Authorization", "Bearer " + DoorServer.TOKEN)
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return doors.journal().stored().get(0);
  }

  private void hear(String... records) {
    Arrays.stream(records).map(r -> through("/kamailio/events", r)).forEach(stage.journal::receive);
  }

  private CallRecord call() {
    return stage.book.call("c1").orElseThrow();
  }

  @Test
  void call_isOneInAnyOrder_andRingingIsNoTalk() {
    List<Delivery> told = new ArrayList<>();
    for (String record :
        List.of(
            acc("INVITE", 180, 1.4),
            acc("INVITE", 200, 5.5),
            acc("ACK", 200, 5.6),
            acc("INVITE", 200, 20),
            acc("INVITE", 488, 30),
            acc("BYE", 200, 65.5),
            cdr(0.4, 65.5, "65.100"))) {
      told.add(through("/kamailio/events", record));
    }
    Random random = new Random(5);
    for (int round = 0; round < 6; round++) {
      List<Delivery> some = new ArrayList<>(told);
      some.add(told.get(random.nextInt(told.size())));
      Collections.shuffle(some, random);
      try (Stage fresh = new Stage()) {
        some.forEach(fresh.journal::receive);
        fresh.settle();
        CallRecord call = fresh.book.call("c1").orElseThrow();
        assertThat(call.end().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(call.end().sipCode()).isEqualTo(200);
        assertThat(call.talkSeconds()).isEqualTo(60);
        assertThat(call.postDialDelayMs()).isEqualTo(1000);
        assertThat(call.startedAt()).isEqualTo(Instant.ofEpochSecond(START).plusMillis(400));
        assertThat(call.beginning().from()).isEqualTo("+15035550101");
        assertThat(fresh.scrape())
            .contains("voice_calls_total 1.0")
            .contains("voice_calls_by_status_total{status=\"completed\"} 1.0")
            .contains(
                "warp_call_attempts_total{account=\"acme\",destination_country=\"US\","
                    + "direction=\"outbound\",origination_country=\"US\",provider=\"\","
                    + "trunk=\"t1\",zone=\"INTERSTATE\"} 1.0")
            .contains("reason=\"normal\",sip_code=\"200\",trunk=\"t1\"} 1.0")
            .contains("warp_call_duration_seconds_sum{account=\"acme\",direction=\"outbound\",")
            .doesNotContainPattern("busyhour_corrections_total\\{what=\"\\w+\"} [1-9]");
      }
    }
  }

  @Test
  void quality_ofACallThatIsNotSettled_waitsForWhatIsStillSaid() {
    hear(cdr(0.4, 65.5, "65.100"));
    String reply = "{\"result\":\"ok\",\"SSRC\":{\"1\":{\"average MOS\":{\"MOS\":43}}}}";
    stage.journal.receive(through("/rtpengine/stats?call_id=c1", reply));
    hear(acc("INVITE", 200, 5.5));
    stage.settle();
    assertThat(stage.scrape())
        .contains("warp_mos_score_sum{account=\"acme\",direction=\"outbound\",trunk=\"t1\"} 4.3");
  }

  @ParameterizedTest
  @CsvSource({
    "486, false, BUSY",
    "404, false, FAILED",
    "603, false, REJECTED",
    "480, false, NO_ANSWER",
    "487, false, CANCELED",
    "487, true, NO_ANSWER",
    "408, false, TIMEOUT",
    "408, true, NO_ANSWER",
    "504, true, TIMEOUT",
    "486, true, BUSY"
  })
  void refusal_isTheEndOfACallThatNobodyTook(int code, boolean rang, Outcome outcome) {
    // The dialog's own record says nothing of the code, and its clock is finer.
    hear(cdr(0.4, 0.4, "0"), acc("INVITE", code, 0));
    if (rang) {
      hear(acc("INVITE", 180, 0.2));
    }
    stage.settle();
    assertThat(call().end().outcome()).isEqualTo(outcome);
    assertThat(call().end().sipCode()).isEqualTo(code);
    assertThat(stage.scrape())
        .contains(
            "voice_calls_by_status_total{status=\"%s\"} 1.0"
                .formatted(outcome.name().toLowerCase(Locale.ROOT)));
  }

  @Test
  void refusal_thatIsSettled_isNoAnswerOnceRingingIsHeard() {
    hear(acc("INVITE", 487, 20));
    stage.settle();
    assertThat(call().end().outcome()).isEqualTo(Outcome.CANCELED);
    hear(acc("INVITE", 180, 2));
    stage.settle();
    assertThat(call().end().outcome()).isEqualTo(Outcome.NO_ANSWER);
  }

  @Test
  void dialog_ofWhichOnlyTheCdrIsHeard_hasFailed() {
    hear(cdr(0.4, 0.4, "0"));
    stage.settle();
    assertThat(call().end().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(call().end().sipCode()).isNull();
  }

  @Test
  void failover_thatSucceeds_isOneAnsweredCall() {
    hear(acc("INVITE", 503, 1), acc("INVITE", 200, 6), cdr(0.4, 66, "65.600"));
    stage.settle();
    assertThat(call().end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(call().talkSeconds()).isEqualTo(60);
    assertThat(stage.scrape())
        .contains("voice_calls_by_status_total{status=\"failed\"} 0.0")
        .contains("voice_calls_by_status_total{status=\"completed\"} 1.0");
  }

  @Test
  void challenge_isNoAttempt() {
    hear(acc("INVITE", 407, 0));
    stage.settle();
    assertThat(stage.book.call("c1")).isEmpty();
    hear(acc("INVITE", 200, 3), acc("BYE", 200, 13));
    stage.settle();
    assertThat(call().talkSeconds()).isEqualTo(10);
  }

  @Test
  void registration_isNoCall() {
    hear(acc("reg", "REGISTER", 200, 0), acc("reg", "OPTIONS", 404, 0));
    stage.settle();
    assertThat(stage.book.call("reg")).isEmpty();
    assertThat(stage.scrape()).contains("voice_calls_total 0.0");
  }

  @Test
  void change_thatIsRefusedWithinACall_isNotItsEnd() {
    hear(acc("INVITE", 200, 3), acc("INVITE", 491, 8), acc("INVITE", 488, 9));
    stage.settle();
    assertThat(call().isOpen()).isTrue();
    hear(acc("BYE", 408, 43));
    stage.settle();
    assertThat(call().end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(call().talkSeconds()).isEqualTo(40);
  }

  @Test
  void refusals_atTheSameTime_areTheSameInAnyOrder() {
    for (List<Integer> codes : List.of(List.of(500, 503), List.of(503, 500))) {
      try (Stage fresh = new Stage()) {
        codes.forEach(
            code -> fresh.journal.receive(through("/kamailio/events", acc("INVITE", code, 1))));
        fresh.settle();
        assertThat(fresh.book.call("c1").orElseThrow().end().sipCode()).isEqualTo(500);
      }
    }
  }

  @Test
  void row_isCountedAtOnce() {
    stage.journal.receive(through("/kamailio/events", Payloads.text("kamailio/row.json")));
    stage.catchUp();
    CallRecord row = stage.book.call("7c1e@203.0.113.10").orElseThrow();
    assertThat(row.talkSeconds()).isEqualTo(62.5);
    assertThat(row.postDialDelayMs()).isEqualTo(1493);
    assertThat(stage.scrape()).contains("voice_calls_by_status_total{status=\"completed\"} 1.0");
  }

  @Test
  void media_andSignalling_areOneCall() {
    String query = Payloads.text("rtpengine/query.json");
    stage.journal.receive(through("/rtpengine/stats?call_id=c1", query));
    hear(acc("INVITE", 200, 5.5), cdr(0.4, 65.5, "65.100"));
    stage.settle();
    CallRecord call = call();
    assertThat(call.sound().mos()).isEqualTo(4.3);
    assertThat(call.sound().codec()).isEqualTo("PCMU");
    assertThat(call.sound().rttMs()).isEqualTo(41.2);
    assertThat(call.end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(stage.scrape())
        .contains("voice_calls_total 1.0")
        .contains("warp_mos_score_sum{account=\"acme\",direction=\"outbound\",trunk=\"t1\"} 4.3")
        .contains(
            "warp_rtp_jitter_ms_sum{account=\"acme\",direction=\"outbound\",trunk=\"t1\"} 3.0");
  }

  @Test
  void node_isInItsGauges() {
    stage.journal.receive(
        through(
            "/rtpengine/stats?node=rtp-1&capacity=1000",
            Payloads.text("rtpengine/statistics.json")));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains("warp_rtpengine_sessions_active{node=\"rtp-1\"} 42.0")
        .contains("warp_rtpengine_capacity_percentage{node=\"rtp-1\"} 4.2");
  }
}
