package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GovernorTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

  private final Meters meters = Meters.create(10, CLOCK);

  @Test
  void governor_foldsWhatExceedsTheLimit() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id", "user_id");
    for (int i = 0; i < 25; i++) {
      calls.add(2, "c" + i, "u");
    }

    assertThat(Exposed.counter(meters, "calls_total").getDataPoints()).hasSize(10);
    assertThat(Exposed.text(meters))
        .contains(
            "\ncalls_total{campaign_id=\"__other__\",user_id=\"__other__\"} 32.0\n",
            "\nbusyhour_series{family=\"calls_total\"} 10.0\n",
            "\nbusyhour_cardinality_limit{family=\"calls_total\"} 10.0\n",
            "\nbusyhour_cardinality_overflow_total{family=\"calls_total\"} 16.0\n");
    assertThat(Exposed.sum(meters, "calls_total")).isEqualTo(50);
  }

  @Test
  void touch_beyondTheLimit_isNoFoldedUpdate() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id");
    for (int i = 0; i < 25; i++) {
      calls.touch("c" + i);
    }

    assertThat(Exposed.counter(meters, "calls_total").getDataPoints()).hasSize(10);
    assertThat(Exposed.text(meters))
        .doesNotContain("busyhour_cardinality_overflow_total{family=\"calls_total\"} 1");
  }

  @Test
  void governor_knownSeriesStayTheirOwn() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id");
    for (int i = 0; i < 25; i++) {
      calls.add(1, "c" + i);
    }
    calls.add(1, "c3");

    assertThat(Exposed.text(meters)).contains("{campaign_id=\"c3\"} 2.0");
  }

  @Test
  void governor_senderWhoSaysOtherIsFoldedToo() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id");
    calls.add(1, "__other__");
    for (int i = 0; i < 25; i++) {
      calls.add(1, "c" + i);
    }

    assertThat(Exposed.text(meters)).contains("{campaign_id=\"__other__\"} 17.0");
    assertThat(Exposed.counter(meters, "calls_total").getDataPoints()).hasSize(10);
  }

  @Test
  void governor_leavesOutGaugesOverTheLimit() {
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    for (int i = 0; i < 25; i++) {
      pending.set(i, "c" + i);
    }

    assertThat(Exposed.family(meters, "pending").getDataPoints()).hasSize(9);
    assertThat(Exposed.text(meters))
        .doesNotContain("__other__")
        .contains("\nbusyhour_cardinality_overflow_total{family=\"pending\"} 16.0\n");
  }

  @Test
  void governor_limitBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Meters.create(0, CLOCK))
        .withMessage("cardinality limit: 0 (expected: 1 or more series for a family)");
  }

  @Test
  void governor_isQuickWithManyIds() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id");
    for (int i = 0; i < 200_000; i++) {
      calls.add(1, "campaign-" + i);
    }

    assertThat(Exposed.sum(meters, "calls_total")).isEqualTo(200_000);
    assertThat(Exposed.counter(meters, "calls_total").getDataPoints()).hasSize(10);
  }
}
