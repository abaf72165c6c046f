package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.Meters.SeriesState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedMetersTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
  private static final double[] SECONDS = {0.1, 1, 10};

  private final Meters meters = Meters.create(10, CLOCK);

  @Test
  void changed_givesEachSeriesOnceUntilItChangesAgain() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    meters.changed();
    calls.add(1, "x");
    calls.add(1, "x");
    calls.add(1, "y");

    List<SeriesState> first = meters.changed();
    assertThat(first)
        .extracting(SeriesState::family, SeriesState::labels, SeriesState::stored)
        .containsExactlyInAnyOrder(
            tuple("calls_total", List.of("x"), false), tuple("calls_total", List.of("y"), false));
    assertThat(meters.changed()).isEmpty();

    calls.add(1, "x");
    assertThat(meters.changed())
        .singleElement()
        .satisfies(
            again -> {
              assertThat(again.stored()).isTrue();
              assertThat(again.id()).isEqualTo(first.getFirst().id());
            });
  }

  @Test
  void restore_replacesAllSeries() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    meters.counter("voice_calls_total", "Calls.").add(3);
    calls.add(1, "x");
    List<SeriesState> states = meters.changed();
    String before = Exposed.text(meters);
    calls.add(5, "x");
    calls.add(5, "y");
    meters.counter("voice_calls_total", "Calls.").add(1);

    meters.restore(states);

    assertThat(Exposed.text(meters)).isEqualTo(before);
    assertThat(meters.changed()).isEmpty();
    calls.add(1, "x");
    assertThat(Exposed.text(meters)).contains("calls_total{a=\"x\"} 2.0");
    assertThat(meters.changed()).singleElement().matches(SeriesState::stored);
  }

  @Test
  void restore_keepsStatesForFamiliesThatAreRegisteredLater() {
    meters.counter("calls_total", "Calls.", "a").add(7, "x");
    Meters next = Meters.create(10, Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC));
    next.restore(meters.changed());

    assertThat(next.snapshots("calls_total"::equals)).isEmpty();
    next.counter("calls_total", "Calls.", "a").add(1, "x");

    assertThat(Exposed.openMetrics(next, "calls_total"::equals))
        .contains("calls_total{a=\"x\"} 8.0\n", "calls_created{a=\"x\"} 1772352000.000\n");
  }

  @Test
  void restore_givesNewSeriesNewIds() {
    meters.counter("calls_total", "Calls.", "a").add(7, "x");
    List<SeriesState> states = meters.changed();
    Meters next = Meters.create(10, CLOCK);
    next.restore(states);
    next.counter("calls_total", "Calls.", "a").add(1, "y");

    assertThat(next.changed())
        .singleElement()
        .satisfies(state -> assertThat(state.id()).isGreaterThan(states.getLast().id()));
  }

  @Test
  void restore_governorGoesOn() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    for (int i = 0; i < 25; i++) {
      calls.add(1, "c" + i);
    }
    Meters next = Meters.create(10, CLOCK);
    next.restore(meters.changed());
    next.counter("calls_total", "Calls.", "a").add(1, "c99");

    assertThat(Exposed.text(next))
        .contains(
            "calls_total{a=\"__other__\"} 17.0",
            "busyhour_cardinality_overflow_total{family=\"calls_total\"} 17.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2h;0;1;1.0=1;3;0;0=1;",
        "1c;0;1",
        "1h;0;1",
        "1h;x;1;1.0=1;3;0;0=1;",
        "1h;0;one;1.0=1;3;0;0=1;",
        "1h;0;1;0.3=1;3;0;0=1;",
        "1h;0;1;1.0;3;0;0=1;",
        "1h;0;1;1.0=2;3;0;0=1;",
        "1h;0;1;1.0=1;9;0;0=1;",
        "1h;0;1;1.0=1;3;0;0;",
      })
  void restore_unreadableStateIsRefusedAndNothingReplaced(String state) {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS, "a");
    talk.observe(1, "x");
    String before = Exposed.text(meters);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                meters.restore(
                    List.of(new SeriesState(4, "talk_seconds", List.of("x"), state, true, 1))))
        .withMessageStartingWith(
            "state of series 4 of talk_seconds [x]: \"" + state + "\" cannot be read: ");
    assertThat(Exposed.text(meters)).isEqualTo(before);
  }

  @Test
  void restore_sameSeriesTwiceIsRefused() {
    meters.counter("calls_total", "Calls.", "a");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                meters.restore(
                    List.of(
                        new SeriesState(1, "calls_total", List.of("x"), "1c;0;1", true, 1),
                        new SeriesState(2, "calls_total", List.of("x"), "1c;0;1", true, 1))))
        .withMessageContaining("1 and 2 are of the same series [x]");
  }

  @Test
  void state_isCompact() {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS, "a");
    talk.observe(0.05, "x");
    talk.observe(0.05, "x");
    talk.observe(2.5, "x");

    assertThat(stateOf("talk_seconds", "x").state())
        .isEqualTo("1h;1772352000000;2.6;0.1=2,10.0=1;3;0;-34=2,45=1;");
  }

  private SeriesState stateOf(String family, String label) {
    return meters.changed().stream()
        .filter(state -> state.family().equals(family) && state.labels().contains(label))
        .findFirst()
        .orElseThrow();
  }
}
