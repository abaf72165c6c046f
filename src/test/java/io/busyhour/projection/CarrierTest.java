package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls count for by account and trunk. */
class CarrierTest {
  private static final String ROUTE = "account=\"acme\",";

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence call(String type, String id, double second, Object... fields) {
    Map<String, Object> data = new HashMap<>(Map.of("call_id", id));
    for (int i = 0; i < fields.length; i += 2) {
      data.put((String) fields[i], fields[i + 1]);
    }
    Instant time = NOON.plusNanos((long) (second * 1e9));
    return said(type, time, data);
  }

  private static Occurrence initiated(String id) {
    return call(
        "call.initiated",
        id,
        0,
        "account",
        "acme",
        "trunk",
        "t1",
        "provider",
        "peerless",
        "direction",
        "outbound",
        "from",
        "+13035550100",
        "to",
        "+12125550100");
  }

  private void receive(Occurrence... all) {
    for (Occurrence one : all) {
      stage.journal.receive(one);
    }
  }

  @Test
  void attempt_ofWhichTheZoneMayStillBeSaid_waitsForTheEnd() {
    String attempts =
        "warp_call_attempts_total{account=\"acme\",destination_country=\"US\","
            + "direction=\"outbound\",origination_country=\"US\",provider=\"peerless\","
            + "trunk=\"t1\",zone=\"INTERSTATE\"} 1.0";
    receive(initiated("a"));
    stage.catchUp();
    assertThat(stage.scrape())
        .doesNotContain("warp_call_attempts_total{")
        .contains("warp_active_calls{account=\"acme\",direction=\"outbound\",trunk=\"t1\"} 1.0");
    receive(call("call.ended", "a", 10, "outcome", "busy", "sip_code", 486));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(attempts)
        .contains("warp_active_calls{account=\"acme\",direction=\"outbound\",trunk=\"t1\"} 0.0")
        .contains(
            "warp_call_terminations_total{account=\"acme\",provider=\"peerless\",reason=\"busy\","
                + "sip_code=\"486\",trunk=\"t1\"} 1.0")
        .contains("reason=\"normal\",sip_code=\"200\",trunk=\"t1\"} 0.0");
  }

  @Test
  void attempt_withoutAnEnd_isCountedWhenItHasSettled() {
    receive(initiated("a"));
    stage.settle();
    assertThat(stage.scrape()).contains("zone=\"INTERSTATE\"} 1.0");
  }

  @Test
  void route_saidTooLate_isACorrectionAndNotASecondAttempt() {
    receive(initiated("a"));
    stage.settle();
    receive(call("call.ended", "a", 10, "outcome", "busy", "zone", "LOCAL"));
    stage.settle();
    assertThat(stage.scrape())
        .contains("zone=\"INTERSTATE\"} 1.0")
        .doesNotContain(
            "warp_call_attempts_total{account=\"acme\",destination_country=\"US\","
                + "direction=\"outbound\",origination_country=\"US\",provider=\"peerless\","
                + "trunk=\"t1\",zone=\"LOCAL\"}")
        .contains("busyhour_corrections_total{what=\"route\"} 1.0");
  }

  @Test
  void postDialDelay_isFromInviteToTheFirst18x() {
    receive(
        initiated("a"),
        call("call.ringing", "a", 2.5),
        call("call.ringing", "a", 1.493),
        call("call.ended", "a", 30, "outcome", "no_answer", "sip_code", 480),
        initiated("b"),
        call("call.ringing", "b", 9, "pdd_ms", 700),
        call("call.ended", "b", 30, "outcome", "no_answer", "sip_code", 480),
        initiated("silent"),
        call("call.ended", "silent", 30, "outcome", "failed", "sip_code", 503));
    stage.catchUp();
    String series = "{account=\"acme\",provider=\"peerless\",trunk=\"t1\",zone=\"INTERSTATE\"} ";
    assertThat(stage.scrape())
        .contains("warp_pdd_milliseconds_count" + series + "2")
        .contains("warp_pdd_milliseconds_sum" + series + "2193.0");
  }

  @Test
  void talkTime_isCompletedShortOrFailed() {
    receive(
        initiated("a"),
        call("call.ended", "a", 100, "outcome", "completed", "duration_seconds", 60),
        initiated("b"),
        call("call.ended", "b", 100, "outcome", "completed", "duration_seconds", 5.9),
        initiated("c"),
        call("call.answered", "c", 10),
        call("call.ended", "c", 100, "outcome", "failed", "duration_seconds", 20),
        initiated("d"),
        call("call.ended", "d", 100, "outcome", "busy"));
    stage.catchUp();
    String count = "warp_call_duration_seconds_count{account=\"acme\",direction=\"outbound\",";
    assertThat(stage.scrape())
        .contains(count + "status=\"completed\",trunk=\"t1\",zone=\"INTERSTATE\"} 1")
        .contains(count + "status=\"short\",trunk=\"t1\",zone=\"INTERSTATE\"} 1")
        .contains(count + "status=\"failed\",trunk=\"t1\",zone=\"INTERSTATE\"} 1");
  }

  /**
   * Ten calls: three answered (60 s, 30 s, 3 s), one busy, one rung out, one refused, one given up
   * while it rang, one given up before, one that never rang (480), one failed. ASR = 3/10, ACD =
   * 93/3, NER = (3 + busy + rung out + refused + given up while ringing) / 10, short = 1/3.
   */
  @Test
  void ratios_areThoseComputedByHand() {
    double[] talks = {60, 30, 3};
    for (double talk : talks) {
      String id = "answered-" + talk;
      receive(
          initiated(id),
          call("call.ended", id, 20, "outcome", "completed", "duration_seconds", talk));
    }
    receive(
        initiated("busy"),
        call("call.ended", "busy", 20, "outcome", "busy"),
        initiated("rung-out"),
        call("call.ringing", "rung-out", 2),
        call("call.ended", "rung-out", 20, "outcome", "no_answer", "sip_code", 480),
        initiated("refused"),
        call("call.ended", "refused", 20, "outcome", "rejected", "sip_code", 603),
        initiated("given-up-ringing"),
        call("call.ringing", "given-up-ringing", 2),
        call("call.ended", "given-up-ringing", 20, "outcome", "canceled"),
        initiated("given-up"),
        call("call.ended", "given-up", 20, "outcome", "canceled"),
        initiated("never-rang"),
        call("call.ended", "never-rang", 20, "outcome", "no_answer", "sip_code", 480),
        initiated("failed"),
        call("call.ended", "failed", 20, "outcome", "failed", "sip_code", 503),
        initiated("running"),
        call("call.answered", "running", 5));
    stage.catchUp();
    String scrape = stage.scrape();
    for (String window : List.of("5m", "1h", "24h")) {
      String route =
          "{account=\"acme\",provider=\"peerless\",trunk=\"t1\",window=\""
              + window
              + "\",zone=\"INTERSTATE\"} ";
      String provider =
          "{account=\"acme\",provider=\"peerless\",trunk=\"t1\",window=\"" + window + "\"} ";
      String trunk =
          "{account=\"acme\",threshold_seconds=\"6\",trunk=\"t1\",window=\"" + window + "\"} ";
      assertThat(scrape)
          .contains("warp_asr_ratio" + route + "0.3")
          .contains("warp_asr_attempts" + route + "10.0")
          .contains("warp_acd_seconds" + route + "31.0")
          .contains("warp_acd_seconds_samples" + route + "3.0")
          .contains("warp_ner_ratio" + provider + "0.7")
          .contains("warp_short_call_ratio" + trunk + (1.0 / 3))
          .contains("warp_short_call_ratio_samples" + trunk + "3.0");
    }
  }

  @Test
  void ratio_withoutAnEndedCall_isAbsent() {
    receive(initiated("a"));
    stage.catchUp();
    assertThat(stage.scrape()).doesNotContain("warp_asr_ratio{").doesNotContain("NaN");
  }

  @Test
  void end_thatIsCorrectedLater_movesInTheWindow() {
    receive(
        initiated("a"), call("call.ended", "a", 20, "outcome", "completed", "duration_seconds", 9));
    stage.settle();
    assertThat(stage.scrape())
        .contains(
            "warp_asr_ratio{"
                + ROUTE
                + "provider=\"peerless\",trunk=\"t1\",window=\"5m\",zone=\"INTERSTATE\"} 1.0");
    receive(call("call.ended", "a", 10, "outcome", "failed", "trunk", "t1"));
    stage.settle();
    assertThat(stage.scrape())
        .contains(
            "warp_asr_ratio{"
                + ROUTE
                + "provider=\"peerless\",trunk=\"t1\",window=\"5m\",zone=\"INTERSTATE\"} 0.0")
        .contains("busyhour_corrections_total{what=\"outcome\"} 1.0");
  }

  @Test
  void quality_beforeItsCall_waitsForAccountAndTrunk() {
    receive(
        call(
            "call.quality",
            "a",
            15,
            "jitter_ms",
            20,
            "packet_loss",
            0.02,
            "rtt_ms",
            100,
            "codec",
            "PCMU"));
    stage.catchUp();
    assertThat(stage.scrape()).doesNotContain("warp_rtp_jitter_ms_count{");
    stage.restart();
    receive(initiated("a"));
    stage.settle();
    String labels = "{account=\"acme\",direction=\"outbound\",trunk=\"t1\"} ";
    assertThat(stage.scrape())
        .contains("warp_rtp_jitter_ms_count" + labels + "1")
        .contains("warp_mos_score_count" + labels + "1")
        .contains(
            "warp_rtp_packet_loss_ratio_sum{account=\"acme\",codec=\"PCMU\","
                + "direction=\"outbound\",trunk=\"t1\"} 0.02");
    stage.restart();
    stage.settle();
    assertThat(stage.scrape()).contains("warp_rtp_jitter_ms_count" + labels + "1\n");
  }

  @Test
  void figures_afterARestart_areTheSame() {
    receive(
        initiated("a"),
        initiated("open"),
        call("call.ringing", "a", 2),
        call("call.quality", "a", 15, "mos", 4.1),
        call("call.ended", "a", 20, "outcome", "completed", "duration_seconds", 9));
    stage.settle();
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
  }

  @Test
  void anyOrderAndRepetition_givesTheSameScrape() {
    List<Occurrence> day = new ArrayList<>();
    List<String> outcomes = List.of("completed", "busy", "no_answer", "canceled", "failed");
    for (int i = 0; i < 20; i++) {
      String id = "call" + i;
      day.add(initiated(id));
      day.add(call("call.ringing", id, 1 + i / 10.0));
      day.add(
          call(
              "call.quality",
              id,
              18,
              "jitter_ms",
              i,
              "direction",
              i % 2 == 0 ? "inbound" : "outbound"));
      day.add(
          call(
              "call.ended",
              id,
              20 + i,
              "outcome",
              outcomes.get(i % 5),
              "zone",
              i % 3 == 0 ? "LOCAL" : "INTERSTATE",
              "duration_seconds",
              i));
    }
    String expected = null;
    Random random = new Random(11);
    for (int round = 0; round < 6; round++) {
      try (Stage fresh = new Stage()) {
        day.forEach(fresh.journal::receive);
        fresh.settle();
        String scrape = fresh.scrape();
        expected = expected == null ? scrape : expected;
        assertThat(scrape).isEqualTo(expected);
      }
      Collections.shuffle(day, random);
    }
  }

  @Test
  void talkTime_ofACallThatFailed_isTheSameWhereTheAnswerIsToldOfAfterTheEnd() {
    Occurrence answered = call("call.answered", "a", 10);
    Occurrence failed = call("call.ended", "a", 12, "outcome", "failed", "duration_seconds", 2);
    receive(initiated("a"), failed, answered);
    stage.catchUp();
    assertThat(stage.scrape())
        .contains("direction=\"outbound\",status=\"short\",trunk=\"t1\",zone=\"INTERSTATE\"} 1");
  }

  @Test
  void label_ofWhatMayBeAnything_isOther() {
    receive(
        call(
            "call.ended",
            "a",
            10,
            "outcome",
            "busy",
            "origination_country",
            "+13035550100",
            "destination_country",
            "US"),
        call("call.quality", "a", 9, "codec", "+13035550100", "packet_loss", 0.01),
        call("call.quality", "a", 9, "codec", "sip:a@b.c", "packet_loss", 0.01),
        call("call.quality", "a", 9, "codec", "c13035550100", "packet_loss", 0.01),
        call("call.quality", "a", 9, "codec", "opus/48000/2", "packet_loss", 0.01));
    stage.settle();
    assertThat(stage.scrape())
        .contains("destination_country=\"US\"", "origination_country=\"other\"")
        .contains("warp_rtp_packet_loss_ratio_count{account=\"\",codec=\"other\"")
        .contains("codec=\"opus/48000/2\"")
        .doesNotContain("3035550100", "sip:a");
  }
}
