package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.reaper.Reaper;
import io.busyhour.projection.windows.rollup.Detail;
import io.busyhour.projection.windows.rollup.Figure;
import io.busyhour.projection.windows.rollup.Figures;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.projection.windows.rollup.Rollups.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls whose end nobody tells. */
class ReaperTest {
  private static final Duration FOUR_HOURS = Duration.ofHours(4);
  private static final String TIMEOUTS = "voice_calls_by_status_total{status=\"timeout\"} ";

  private final Stage stage = new Stage();
  private Instant now = NOON.plus(FOUR_HOURS).plusSeconds(60);
  private final Reaper reaper = new Reaper(stage.journal, stage.book, stage::progress, () -> now);

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence call(String id, String type, int second, Object... more) {
    Map<String, Object> data = new HashMap<>(Map.of("call_id", id));
    for (int i = 0; i < more.length; i += 2) {
      data.put((String) more[i], more[i + 1]);
    }
    return said(type, NOON.plusSeconds(second), data);
  }

  private CallRecord row(String id) {
    return stage.book.call(id).orElseThrow();
  }

  private List<String> reap(int limit) throws InterruptedException {
    List<String> reaped = reaper.reap(FOUR_HOURS, limit).stream().map(CallRecord::callId).toList();
    stage.catchUp();
    return reaped;
  }

  private Figures lastDay() {
    try (Moment moment = new Rollups(stage.database).moment()) {
      return moment.started(NOON.minusSeconds(3600), NOON.plusSeconds(3600), Detail.COUNTS);
    }
  }

  @Test
  void call_openForTooLong_isATimeoutThatNoRateCounts() throws InterruptedException {
    stage.journal.receive(call("a", "call.initiated", 0));
    stage.journal.receive(call("a", "call.answered", 5));
    stage.journal.receive(call("young", "call.initiated", 61));
    stage.journal.receive(call("done", "call.initiated", 0));
    stage.journal.receive(
        call("done", "call.ended", 9, "outcome", "completed", "duration_seconds", 5));
    stage.settle();
    assertThat(reaper.openLongerThan(FOUR_HOURS, 10))
        .extracting(CallRecord::callId)
        .containsExactly("a");
    assertThat(reap(10)).containsExactly("a");
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(row("a").end().reaped()).isTrue();
    assertThat(row("a").times().ended()).isEqualTo(now);
    assertThat(row("a").talkSeconds()).isNull();
    assertThat(row("young").isOpen()).isTrue();
    assertThat(stage.scrape())
        .contains(TIMEOUTS + "1.0")
        .contains("voice_calls_reaped_total 1.0")
        .contains("voice_calls_active 1.0")
        .contains("voice_calls_success_rate 100.0")
        .contains("voice_calls_success_rate_samples 1.0");
    assertThat(lastDay().count(Figure.TIMEOUT)).isEqualTo(1);
    assertThat(lastDay().count(Figure.REAPED)).isEqualTo(1);
    assertThat(lastDay().successRate()).isEqualTo(1);
    assertThat(reap(10)).isEmpty();
  }

  @Test
  void call_reapedAndForgottenAndBegunAnew_isNotSaidToBeEndedTwice() throws InterruptedException {
    stage.journal.receive(call("a", "call.initiated", 0));
    stage.settle();
    assertThat(reap(10)).containsExactly("a");
    stage.settle();
    assertThat(stage.forget(NOON.plus(Duration.ofDays(2)))).isEqualTo(1);
    stage.journal.receive(call("a", "call.ringing", 1));
    stage.settle();
    now = now.plus(FOUR_HOURS);
    assertThat(reap(10)).isEmpty();
  }

  @Test
  void end_heardAfterTheReaper_standsInItsPlace() throws InterruptedException {
    stage.journal.receive(call("a", "call.initiated", 0));
    stage.journal.receive(call("a", "call.answered", 5));
    stage.settle();
    assertThat(reap(10)).containsExactly("a");
    stage.journal.receive(call("a", "call.ended", 65, "outcome", "completed"));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row("a").end().reaped()).isFalse();
    assertThat(row("a").talkSeconds()).isEqualTo(60);
    assertThat(stage.scrape())
        .contains(TIMEOUTS + "1.0")
        .contains("voice_calls_by_status_total{status=\"completed\"} 0.0")
        .contains("voice_calls_reaped_total 1.0")
        .contains("busyhour_corrections_total{what=\"outcome\"} 1.0");
    assertThat(lastDay().count(Figure.TIMEOUT)).isZero();
    assertThat(lastDay().count(Figure.REAPED)).isZero();
    assertThat(lastDay().count(Figure.COMPLETED)).isEqualTo(1);
    assertThat(lastDay().averageTalk()).isEqualTo(60);
  }

  @Test
  void release_heardAfterTheReaper_standsInItsPlace() throws InterruptedException {
    stage.journal.receive(call("a", "call.initiated", 0));
    stage.journal.receive(call("a", "call.answered", 5));
    stage.settle();
    assertThat(reap(10)).containsExactly("a");
    stage.journal.receive(call("a", "call.released", 25));
    stage.settle();
    assertThat(row("a").end().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row("a").end().reaped()).isFalse();
    assertThat(row("a").talkSeconds()).isEqualTo(20);
  }

  @Test
  void call_whoseEventsComeInARushNow_isLeftAlone() throws InterruptedException {
    now = stage.journal.tip().time().plusSeconds(299);
    stage.journal.receive(call("a", "call.initiated", -20_000));
    stage.settle();
    assertThat(reap(10)).isEmpty();
    now = now.plusSeconds(2);
    assertThat(reap(10)).containsExactly("a");
  }

  @Test
  void reaper_endsNoMoreThanItIsAskedTo_theOldestFirst() throws InterruptedException {
    for (int i = 0; i < 1_200; i++) {
      stage.journal.receive(call("c" + i, "call.initiated", -i));
    }
    stage.settle();
    assertThat(reap(1_100)).hasSize(1_100).startsWith("c1199", "c1198").endsWith("c100");
    assertThat(reap(1_100)).hasSize(100);
  }

  @Test
  void reaping_inAnyOrderWithOtherEnds_givesTheSameCall() {
    List<Occurrence> events = new ArrayList<>();
    events.add(call("a", "call.initiated", 0));
    events.add(call("a", "call.answered", 5));
    events.add(call("a", "call.released", 45));
    events.add(call("a", "call.reaped", 15_000));
    CallRecord expected = null;
    for (int round = 0; round < 12; round++) {
      Collections.shuffle(events, new Random(round));
      try (Stage each = new Stage()) {
        events.forEach(each.journal::receive);
        each.settle();
        CallRecord row = each.book.call("a").orElseThrow();
        expected = expected == null ? row : expected;
        assertThat(row).isEqualTo(expected);
        assertThat(row.end().outcome()).isEqualTo(Outcome.COMPLETED);
      }
    }
  }

  @Test
  void reaping_isRepeatedByAReplay() throws InterruptedException {
    stage.journal.receive(call("a", "call.initiated", 0));
    stage.settle();
    reap(10);
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
    assertThat(row("a").end().reaped()).isTrue();
  }
}
