package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.Meters.SeriesState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaugesTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
  private static final double[] SECONDS = {0.1, 1, 10};

  private final Meters meters = Meters.create(10, CLOCK);

  @Test
  void gauge_isAbsentUntilItHasAValue() {
    GaugeFamily pending = meters.gauge("pending", "Leads.");
    assertThat(Exposed.text(meters)).doesNotContain("\npending");

    pending.set(3.5);

    assertThat(Exposed.text(meters)).contains("\npending 3.5\n");
  }

  @Test
  void gauge_removedIsGoneAndItsStateToBeDeleted() {
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    pending.set(1, "a");
    pending.set(2, "b");
    long id = stateOf("pending", "a").id();

    pending.remove("a");
    pending.remove("never there");

    assertThat(Exposed.text(meters)).doesNotContain("campaign_id=\"a\"").contains("\"b\"} 2.0");
    assertThat(meters.changed())
        .extracting(SeriesState::id, SeriesState::gone, SeriesState::stored)
        .containsExactly(tuple(id, true, true));
  }

  @Test
  void gauge_removedBeforeItWasSavedLeavesNothing() {
    meters.changed();
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    pending.set(1, "a");
    pending.remove("a");

    assertThat(meters.changed()).isEmpty();
  }

  @Test
  void gauge_setAgainAfterRemovalIsAnotherSeries() {
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    pending.set(1, "a");
    meters.changed();
    pending.remove("a");
    pending.set(2, "a");

    List<SeriesState> states = meters.changed();

    assertThat(states).extracting(SeriesState::gone).containsExactly(true, false);
    assertThat(states.getLast().id()).isNotEqualTo(states.getFirst().id());
  }

  @Test
  void statement_ofTheHighestRankStands() {
    GaugeFamily health = meters.gauge("health", "Health.", "node");
    health.set(3, -5, "a");
    assertThat(Exposed.text(meters)).contains("health{node=\"a\"} 3.0");
    health.set(1, 20, "a");
    health.set(9, 10, "a");
    assertThat(Exposed.text(meters)).contains("health{node=\"a\"} 1.0");
    health.set(2, 20, "a");
    health.set(1, 20, "a");
    assertThat(Exposed.text(meters)).contains("health{node=\"a\"} 2.0");
  }

  @Test
  void statement_thatWasSaved_isNotUndoneByAnOlderOne() {
    meters.gauge("health", "Health.", "node").set(1, 20, "a");
    Meters restored = Meters.create(10, CLOCK);
    GaugeFamily health = restored.gauge("health", "Health.", "node");
    restored.restore(meters.changed());
    health.set(9, 19, "a");
    assertThat(Exposed.text(restored)).contains("health{node=\"a\"} 1.0");
    health.set(9, 21, "a");
    assertThat(Exposed.text(restored)).contains("health{node=\"a\"} 9.0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void values_thatAreNoNumberAreRefused(double value) {
    GaugeFamily gauge = meters.gauge("pending", "Leads.");
    HistogramFamily histogram = meters.histogram("talk_seconds", "Talk.", SECONDS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> gauge.set(value))
        .withMessage("pending: " + value + " (expected: a finite number)");
    assertThatIllegalArgumentException().isThrownBy(() -> histogram.observe(value));
  }

  private SeriesState stateOf(String family, String label) {
    return meters.changed().stream()
        .filter(state -> state.family().equals(family) && state.labels().contains(label))
        .findFirst()
        .orElseThrow();
  }
}
