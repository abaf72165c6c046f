package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.Meters.SeriesState;
import io.busyhour.journal.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdleSeriesTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration MONTH = Duration.ofDays(30);

  private final HandClock hand = new HandClock(START);
  private final Meters meters = Meters.create(5, hand.clock());
  private final CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
  private final GaugeFamily pending = meters.gauge("pending", "Leads.", "a");
  private final HistogramFamily talk =
      meters.histogram("talk_seconds", "Talk.", new double[] {1}, "a");
  private final Map<Long, SeriesState> store = new LinkedHashMap<>();

  /** Time passes, and the projection looks at it. */
  private void pass(Duration time) {
    hand.turn(time);
    drop(meters);
  }

  private void drop(Meters those) {
    those.alone(() -> those.dropIdle(hand.instant().minus(DAY), hand.instant().minus(MONTH)));
  }

  private void save() {
    for (SeriesState state : meters.changed()) {
      if (state.gone()) {
        assertThat(store.remove(state.id())).isNotNull();
      } else {
        store.put(state.id(), state);
      }
    }
  }

  private Meters restarted() {
    Meters next = Meters.create(5, hand.clock());
    next.counter("calls_total", "Calls.", "a");
    next.gauge("pending", "Leads.", "a");
    next.histogram("talk_seconds", "Talk.", new double[] {1}, "a");
    next.restore(store.values());
    return next;
  }

  private String openMetrics() {
    return Exposed.openMetrics(meters, name -> !name.startsWith("busyhour"));
  }

  @Test
  void gauge_isDroppedAfterItsTimeAndNotBefore() {
    pending.set(3, "x");
    pass(DAY);
    assertThat(Exposed.text(meters)).contains("pending{a=\"x\"} 3.0");
    pass(Duration.ofMillis(1));
    assertThat(Exposed.text(meters)).doesNotContain("pending{");
  }

  @Test
  void gauge_setToTheSame_isNotIdle() {
    pending.set(3, 1, "x");
    for (int i = 0; i < 3; i++) {
      pass(DAY);
      pending.set(3, 1, "x");
    }
    assertThat(Exposed.text(meters)).contains("pending{a=\"x\"} 3.0");
  }

  @Test
  void counterAndHistogram_areDroppedAfterTheirOwnTime() {
    calls.add(1, "x");
    talk.observe(0.5, "x");
    pass(MONTH);
    assertThat(Exposed.text(meters))
        .contains("calls_total{a=\"x\"} 1.0", "talk_seconds_count{a=\"x\"} 1");
    pass(Duration.ofMillis(1));
    assertThat(Exposed.text(meters)).doesNotContain("calls_total{", "talk_seconds_count{");
  }

  @Test
  void counter_thatIsTouched_isNotIdle() {
    calls.add(7, "x");
    talk.observe(0.5, "x");
    pass(MONTH);
    calls.touch("x");
    talk.touch("x");
    pass(MONTH);
    assertThat(Exposed.text(meters))
        .contains("calls_total{a=\"x\"} 7.0", "talk_seconds_count{a=\"x\"} 1");
  }

  @Test
  void dropped_comesBackAsANewSeries() {
    calls.add(7, "x");
    talk.observe(0.5, "x");
    pass(MONTH.plusMillis(1));
    calls.add(2, "x");
    talk.observe(0.5, "x");
    pass(Duration.ZERO);
    // 2026-03-31T08:00:00.001Z
    assertThat(openMetrics())
        .contains("calls_total{a=\"x\"} 2.0\n", "calls_created{a=\"x\"} 1774944000.001\n")
        .contains("talk_seconds_count{a=\"x\"} 1\n")
        .contains("talk_seconds_created{a=\"x\"} 1774944000.001\n");
  }

  @Test
  void created_staysOverARestart() {
    calls.add(7, "x");
    talk.observe(0.5, "x");
    save();
    hand.turn(DAY);
    assertThat(Exposed.openMetrics(restarted(), name -> !name.startsWith("busyhour")))
        .contains("calls_created{a=\"x\"} 1772352000.000\n")
        .contains("talk_seconds_created{a=\"x\"} 1772352000.000\n")
        .isEqualTo(openMetrics());
  }

  @Test
  void series_withoutLabelsOrOfAClosedSet_isKept() {
    CounterFamily all = meters.counter("all_total", "All.");
    GaugeFamily now = meters.gauge("now", "Now.");
    now.set(4);
    calls.keep("x");
    talk.keep("x");
    calls.add(1, "y");
    pass(MONTH.multipliedBy(2));
    assertThat(all).isNotNull();
    assertThat(Exposed.text(meters))
        .contains("\nall_total 0.0", "\nnow 4.0", "calls_total{a=\"x\"} 0.0")
        .contains("talk_seconds_count{a=\"x\"} 0")
        .doesNotContain("a=\"y\"");
  }

  @Test
  void room_ofWhatIsDropped_isFree() {
    for (int i = 0; i < 5; i++) {
      calls.add(1, "c" + i);
      pending.set(i, "c" + i);
    }
    assertThat(Exposed.text(meters)).doesNotContain("calls_total{a=\"c4\"}", "pending{a=\"c4\"}");
    hand.turn(MONTH);
    meters.alone(() -> calls.add(1, "c0"));
    pass(Duration.ofMillis(1));
    calls.add(1, "c4");
    pending.set(4, "c4");
    assertThat(Exposed.text(meters))
        .contains("calls_total{a=\"c4\"} 1.0", "pending{a=\"c4\"} 4.0")
        .contains("busyhour_series{family=\"calls_total\"} 3.0")
        .contains("busyhour_cardinality_overflow_total{family=\"calls_total\"} 1.0");
  }

  @Test
  void others_stayWhileTheFamilyHasSome() {
    for (int i = 0; i < 5; i++) {
      calls.add(1, "c" + i);
    }
    hand.turn(MONTH);
    meters.alone(() -> calls.add(1, "c0"));
    pass(Duration.ofMillis(1));
    assertThat(Exposed.text(meters))
        .contains("calls_total{a=\"__other__\"} 1.0", "calls_total{a=\"c0\"} 2.0")
        .contains("busyhour_series{family=\"calls_total\"} 2.0");
    pass(MONTH);
    assertThat(Exposed.text(meters)).doesNotContain("calls_total{");
  }

  @Test
  void saved_dropIsDeletedAndRestored() {
    calls.add(1, "x");
    pending.set(1, "x");
    save();
    pass(DAY.plusMillis(1));
    save();
    assertThat(store.values()).extracting(SeriesState::family).containsExactly("calls_total");
    assertThat(Exposed.text(restarted()))
        .contains("calls_total{a=\"x\"} 1.0")
        .doesNotContain("pending{");
  }

  @Test
  void restart_knowsWhenSeriesWereTouched() {
    pending.set(1, "old");
    save();
    hand.turn(Duration.ofHours(20));
    meters.alone(() -> pending.set(2, "new"));
    save();
    hand.turn(Duration.ofHours(5));
    Meters next = restarted();
    drop(next);
    assertThat(Exposed.text(next)).contains("pending{a=\"new\"} 2.0").doesNotContain("\"old\"");
  }

  @Test
  void restart_knowsWhenCountersWereTouched_toAQuarterOfAnHour() {
    calls.add(1, "x");
    save();
    for (int minute = 0; minute < 40; minute++) {
      hand.turn(Duration.ofMinutes(1));
      meters.alone(() -> calls.touch("x"));
      save();
    }
    assertThat(store.values())
        .extracting(state -> Instant.ofEpochMilli(state.touchedAt()))
        .containsExactly(START.plus(Duration.ofMinutes(30)));
  }

  @Test
  void restart_withoutATouchSaved_countsAsOne() {
    hand.turn(MONTH);
    meters.restore(List.of(new SeriesState(7, "calls_total", List.of("x"), "1c;5;1", true, 0)));
    pass(MONTH);
    assertThat(Exposed.text(meters)).contains("calls_total{a=\"x\"} 1.0");
    pass(Duration.ofMillis(1));
    assertThat(Exposed.text(meters)).doesNotContain("calls_total{");
  }
}
