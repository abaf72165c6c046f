package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.projection.change.CallRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls whose end is told by somebody who may not know how they ended. */
class ReleasedTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence call(String type, int second, Object... more) {
    Map<String, Object> data = new HashMap<>(Map.of("call_id", "a"));
    for (int i = 0; i < more.length; i += 2) {
      data.put((String) more[i], more[i + 1]);
    }
    return said(type, NOON.plusSeconds(second), data);
  }

  private CallRecord row() {
    return stage.book.call("a").orElseThrow();
  }

  @Test
  void release_ofAnAnsweredCall_completesItWhenSettled() {
    stage.journal.receive(call("call.initiated", 0));
    stage.journal.receive(call("call.answered", 5));
    stage.journal.receive(call("call.released", 25));
    stage.catchUp();
    assertThat(row().isOpen()).isTrue();
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row().talkSeconds()).isEqualTo(20);
    assertThat(stage.scrape())
        .contains("voice_calls_by_status_total{status=\"completed\"} 1.0")
        .contains("voice_calls_active 0.0");
  }

  @Test
  void release_ofACallThatNobodyTook_cancelsIt() {
    stage.journal.receive(call("call.initiated", 0));
    stage.journal.receive(call("call.released", 25));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.CANCELED);
    assertThat(stage.scrape()).contains("voice_calls_by_status_total{status=\"canceled\"} 1.0");
  }

  @Test
  void refusal_ofOneWayAfterTheOther_theLastStands() {
    stage.journal.receive(call("call.released", 4, "outcome", "busy", "sip_code", 486));
    stage.journal.receive(call("call.released", 1, "outcome", "failed", "sip_code", 503));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.BUSY);
    assertThat(row().end().sipCode()).isEqualTo(486);
  }

  @Test
  void refusal_withinAnAnsweredCall_isNotItsEnd() {
    stage.journal.receive(call("call.answered", 2));
    stage.journal.receive(call("call.released", 30, "outcome", "failed", "sip_code", 488));
    stage.settle();
    assertThat(row().isOpen()).isTrue();
    assertThat(row().end().sipCode()).isNull();
    stage.journal.receive(call("call.ended", 62, "outcome", "completed"));
    stage.catchUp();
    assertThat(row().talkSeconds()).isEqualTo(60);
  }

  @Test
  void answer_longAfterARefusalWasCounted_opensTheCallAgain() {
    stage.journal.receive(call("call.initiated", 0));
    stage.journal.receive(call("call.released", 3, "outcome", "failed", "sip_code", 503));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.FAILED);
    stage.journal.receive(call("call.answered", 50));
    stage.catchUp();
    assertThat(row().isOpen()).isTrue();
    assertThat(row().end().sipCode()).isNull();
    assertThat(stage.scrape())
        .contains("busyhour_corrections_total{what=\"outcome\"} 1.0")
        .contains("voice_calls_active 1.0")
        .contains("voice_calls_by_status_total{status=\"failed\"} 1.0");
    stage.journal.receive(call("call.ended", 80, "outcome", "completed"));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(stage.scrape()).contains("voice_calls_by_status_total{status=\"completed\"} 0.0");
  }

  @Test
  void answer_longAfterAReleaseWasCounted_makesItCompleted() {
    stage.journal.receive(call("call.released", 25));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.CANCELED);
    stage.journal.receive(call("call.answered", 5));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row().talkSeconds()).isEqualTo(20);
  }

  @Test
  void refusal_ofACallThatWasTakenAndLetGo_isNotItsEnd() {
    stage.journal.receive(call("call.answered", 5));
    stage.journal.receive(call("call.released", 20));
    stage.journal.receive(call("call.released", 12, "outcome", "failed", "sip_code", 488));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row().talkSeconds()).isEqualTo(15);
  }

  @Test
  void end_longAfterAReleaseWasCounted_standsInItsPlace() {
    stage.journal.receive(call("call.released", 25));
    stage.settle();
    stage.journal.receive(call("call.ended", 26, "outcome", "no_answer", "sip_code", 480));
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.NO_ANSWER);
    assertThat(row().times().ended()).isEqualTo(NOON.plusSeconds(26));
  }

  @Test
  void release_overARestart_isSettled() {
    stage.journal.receive(call("call.answered", 5));
    stage.journal.receive(call("call.released", 25));
    stage.catchUp();
    stage.restart();
    stage.settle();
    assertThat(row().end().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void recording_isOfTheCallAndNotItsEnd() {
    stage.journal.receive(call("call.recorded", 25, "has_audio", true));
    stage.settle();
    assertThat(row().isOpen()).isTrue();
    assertThat(row().end().hasAudio()).isTrue();
  }

  @Test
  void releases_ofTheSameMoment_giveTheSameCallInAnyOrder() {
    List<Occurrence> told =
        List.of(
            call("call.released", 30),
            call("call.released", 30, "hangup_source", "callee"),
            call("call.released", 30, "hangup_source", "caller"));
    for (int first = 0; first < told.size(); first++) {
      List<Occurrence> some = new ArrayList<>(told);
      Collections.rotate(some, first);
      try (Stage fresh = new Stage()) {
        some.forEach(fresh.journal::receive);
        fresh.settle();
        CallRecord row = fresh.book.call("a").orElseThrow();
        assertThat(row.end().hangupSource()).as("%s", some).isEqualTo("callee");
      }
    }
  }

  @Test
  void statements_inAnyOrder_giveTheSameCall() {
    List<Occurrence> told =
        List.of(
            call("call.initiated", 0),
            call("call.answered", 5),
            call("call.released", 30),
            call("call.released", 20),
            call("call.released", 3, "outcome", "failed", "sip_code", 503),
            call("call.released", 4, "outcome", "busy", "sip_code", 486),
            call("call.recorded", 29, "has_audio", true),
            call("call.ended", 26, "outcome", "completed"));
    Random random = new Random(4);
    for (int round = 0; round < 40; round++) {
      List<Occurrence> some = new ArrayList<>(told);
      some.removeIf(each -> random.nextInt(3) == 0);
      if (some.isEmpty()) {
        continue;
      }
      Outcome first = told(some);
      Collections.shuffle(some, random);
      assertThat(told(some)).as("%s", some).isEqualTo(first);
    }
  }

  private static Outcome told(List<Occurrence> some) {
    try (Stage fresh = new Stage()) {
      some.forEach(fresh.journal::receive);
      fresh.settle();
      return fresh.book.call("a").orElseThrow().end().outcome();
    }
  }
}
