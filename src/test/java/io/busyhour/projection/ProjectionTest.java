package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import io.busyhour.projection.change.CallRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence initiated(String call) {
    return said(
        "call.initiated",
        NOON,
        Map.of("call_id", call, "campaign_id", "c1", "user_id", "u1", "direction", "outbound"));
  }

  private static Occurrence ended(String call, String outcome, double seconds) {
    return said(
        "call.ended",
        NOON.plusSeconds(50),
        Map.of("call_id", call, "outcome", outcome, "duration_seconds", seconds, "cost", "0.10"));
  }

  @Test
  void call_initiated_isCountedAtOnce() {
    stage.journal.receive(initiated("a"));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains("campaign_calls_initiated_total{campaign_id=\"c1\",user_id=\"u1\"} 1.0")
        .contains("voice_calls_total 1.0")
        .contains("voice_calls_by_type_total{type=\"outbound\"} 1.0")
        .contains("voice_calls_active 1.0")
        .contains("campaign_concurrent_calls 1.0");
  }

  @Test
  void call_endedAfterItsBeginning_isCountedAtOnce() {
    stage.journal.receive(initiated("a"));
    stage.journal.receive(ended("a", "completed", 42.5));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(
            "campaign_calls_completed_total{campaign_id=\"c1\",outcome=\"success\",user_id=\"u1\"}"
                + " 1.0")
        .contains("campaign_cost_total{campaign_id=\"c1\",user_id=\"u1\"} 0.1")
        .contains("campaign_call_duration_seconds_sum{campaign_id=\"c1\",outcome=\"success\"} 42.5")
        .contains("voice_calls_by_status_total{status=\"completed\"} 1.0")
        .contains("voice_calls_active 0.0")
        .contains("campaign_success_rate{campaign_id=\"c1\"} 1.0")
        .contains("campaign_success_rate_samples{campaign_id=\"c1\"} 1.0")
        .contains("voice_calls_success_rate 100.0");
  }

  @Test
  void call_endedWithoutBeginning_waitsToSettle() {
    stage.journal.receive(ended("a", "busy", 0));
    stage.catchUp();
    assertThat(stage.scrape()).contains("voice_calls_by_status_total{status=\"busy\"} 0.0");
    stage.settle();
    Stage.until(() -> stage.scrape().contains("voice_calls_by_status_total{status=\"busy\"} 1.0"));
  }

  @Test
  void call_ofWhichOnlyTheEndIsKnown_startedWhenItWasAnswered() {
    stage.journal.receive(ended("a", "completed", 42.5));
    stage.catchUp();
    CallRecord call = stage.book.call("a").orElseThrow();
    assertThat(call.answeredAt()).isEqualTo(NOON.plusMillis(7_500));
    assertThat(call.startedAt()).isEqualTo(call.answeredAt());
  }

  @Test
  void call_completedTwiceByDifferentSenders_isCountedOnce() {
    stage.journal.receive(initiated("a"));
    stage.journal.receive(ended("a", "completed", 42.5));
    stage.journal.receive(ended("a", "completed", 43.5));
    stage.journal.receive(ended("a", "busy", 0));
    stage.settle();
    assertThat(stage.scrape())
        .contains("voice_calls_by_status_total{status=\"completed\"} 1.0")
        .contains("voice_calls_by_status_total{status=\"busy\"} 0.0");
  }

  @Test
  void finalState_earlierByEventTime_correctsTheRowAndNotTheCounter() {
    stage.journal.receive(initiated("a"));
    stage.journal.receive(ended("a", "completed", 42.5));
    stage.journal.receive(
        said("call.ended", NOON.plusSeconds(20), Map.of("call_id", "a", "outcome", "no_answer")));
    stage.settle();
    assertThat(stage.book.call("a").orElseThrow().end().outcome())
        .isEqualTo(io.busyhour.event.Outcome.NO_ANSWER);
    assertThat(stage.scrape())
        .contains("voice_calls_by_status_total{status=\"completed\"} 1.0")
        .contains("voice_calls_by_status_total{status=\"no_answer\"} 0.0")
        .contains("busyhour_corrections_total{what=\"outcome\"} 1.0")
        .contains("campaign_success_rate{campaign_id=\"c1\"} 0.0");
  }

  @Test
  void restart_atAnyPoint_showsTheSame() {
    stage.journal.receive(initiated("a"));
    stage.journal.receive(
        said(
            "campaign.updated",
            NOON,
            Map.of("campaign_id", "c1", "user_id", "u1", "status", "active", "pending_leads", 7)));
    stage.journal.receive(ended("b", "failed", 0));
    stage.catchUp();
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
    assertThat(before)
        .contains("campaign_active_campaigns{user_id=\"u1\"} 1.0")
        .contains("campaign_pending_leads{campaign_id=\"c1\"} 7.0");
    stage.settle();
    assertThat(stage.scrape()).contains("voice_calls_by_status_total{status=\"failed\"} 1.0");
  }

  @Test
  void call_endedButNotCounted_isNotOpen() {
    stage.journal.receive(ended("a", "busy", 0));
    stage.journal.receive(initiated("b"));
    stage.catchUp();
    assertThat(stage.book.openSinceBefore(NOON.plusSeconds(3600)))
        .containsExactly(new Book.Stale("test", 1));
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).contains("voice_calls_active 1.0");
  }

  @Test
  void numbers_correctedAndBackInTransactionsOfTheirOwn_areDerivedAnew() {
    List<String> numbers = List.of("+13035550100", "+442079460000", "+13035550100");
    for (int i = 0; i < numbers.size(); i++) {
      stage.journal.receive(
          said(
              "call.initiated",
              NOON.minusSeconds(i),
              Map.of("call_id", "a", "from", numbers.get(i))));
      stage.catchUp();
    }
    assertThat(stage.book.call("a").orElseThrow().beginning().originationCountry()).isEqualTo("US");
  }

  @Test
  void campaign_noLongerActive_showsZero() {
    for (String status : List.of("active", "completed")) {
      stage.journal.receive(
          said(
              "campaign.updated",
              NOON.plusSeconds(status.length()),
              Map.of("campaign_id", "c1", "user_id", "u1", "status", status)));
    }
    stage.catchUp();
    assertThat(stage.scrape()).contains("campaign_active_campaigns{user_id=\"u1\"} 0.0");
  }

  @Test
  void anyOrder_ofContradictingEvents_countsTheEarlierOne() {
    List<Occurrence> events =
        new ArrayList<>(
            List.of(
                said(
                    "call.initiated",
                    NOON,
                    Map.of(
                        "call_id",
                        "a",
                        "campaign_id",
                        "c1",
                        "user_id",
                        "u",
                        "direction",
                        "inbound")),
                said(
                    "call.ended",
                    NOON.plusSeconds(5),
                    Map.of(
                        "call_id",
                        "a",
                        "campaign_id",
                        "c2",
                        "user_id",
                        "u",
                        "direction",
                        "outbound",
                        "outcome",
                        "busy"))));
    String inOrder = settledScrape(events);
    Collections.reverse(events);
    assertThat(settledScrape(events)).isEqualTo(inOrder);
    assertThat(inOrder)
        .contains("campaign_calls_initiated_total{campaign_id=\"c1\",user_id=\"u\"} 1.0")
        .contains("voice_calls_by_type_total{type=\"inbound\"} 1.0")
        .doesNotContain("c2");
  }

  private static String settledScrape(List<Occurrence> events) {
    try (Stage fresh = new Stage()) {
      events.forEach(fresh.journal::receive);
      fresh.settle();
      return fresh.scrape();
    }
  }

  @Test
  void anyOrder_onceSettled_givesTheSameScrape() {
    List<Occurrence> day = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      day.addAll(story("call" + i, i));
    }
    String expected = null;
    Random random = new Random(7);
    for (int round = 0; round < 8; round++) {
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

  /** One call's events, of which different ones say different parts. */
  private static List<Occurrence> story(String call, int i) {
    List<String> outcomes = List.of("completed", "busy", "no_answer", "failed", "completed");
    String outcome = outcomes.get(i % outcomes.size());
    boolean talks = outcome.equals("completed");
    List<Occurrence> story = new ArrayList<>();
    story.add(
        said(
            "call.initiated",
            NOON.plusMillis(i),
            i % 2 == 0
                ? Map.of("call_id", call, "campaign_id", "c" + i % 3, "from", "+13035550100")
                : Map.of("call_id", call, "direction", "outbound", "to", "+12125550100")));
    story.add(said("call.ringing", NOON.plusSeconds(2), Map.of("call_id", call)));
    if (talks) {
      story.add(
          said(
              "call.answered",
              NOON.plusSeconds(5),
              Map.of("call_id", call, "answered_by", "human")));
    }
    story.add(
        said(
            "call.ended",
            NOON.plusSeconds(20).plusMillis(317L * i),
            Map.of("call_id", call, "outcome", outcome, "user_id", "u" + i % 2, "cost", "0.0137")));
    return story;
  }
}
