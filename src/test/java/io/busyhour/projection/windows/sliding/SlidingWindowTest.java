package io.busyhour.projection.windows.sliding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SlidingWindow window = new SlidingWindow("test", HOUR, Duration.ofMinutes(1), 1, 2);

  private Map<String, Long> counts(Instant now) {
    Map<String, Long> found = new HashMap<>();
    window.sums(now, HOUR, (labels, sum) -> found.put(labels.getFirst(), sum.count(0)));
    return found;
  }

  @Test
  void add_beyondTheHorizon_changesNothing() {
    assertThat(window.add(List.of("a"), NOON.minus(HOUR), NOON, Sample.counts(1), 1)).isNull();
    assertThat(counts(NOON)).isEmpty();
  }

  @Test
  void add_beyondTheLimit_isFolded() {
    for (String label : List.of("a", "b", "c", "d", "a")) {
      window.add(List.of(label), NOON, NOON, Sample.counts(1), 1);
    }
    assertThat(counts(NOON)).isEqualTo(Map.of("a", 2L, "__other__", 3L));
  }

  @Test
  void takenBack_fromAFoldedLabel_isTakenFromTheOthers() {
    window.add(List.of("a"), NOON, NOON, Sample.counts(1), 1);
    window.add(List.of("b"), NOON, NOON, Sample.counts(1), 1);
    window.add(List.of("b"), NOON, NOON, Sample.counts(1), -1);
    assertThat(counts(NOON)).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void sums_timePasses_forgetsAndShowsNoSeries() {
    window.add(List.of("a"), NOON, NOON, Sample.counts(1), 1);
    assertThat(counts(NOON.plusSeconds(3599))).isEqualTo(Map.of("a", 1L));
    assertThat(counts(NOON.plusSeconds(3600))).isEmpty();
  }

  @Test
  void sums_ofTheFuture_areNotShownYet() {
    window.add(List.of("a"), NOON.plusSeconds(120), NOON, Sample.counts(1), 1);
    assertThat(counts(NOON)).isEmpty();
    assertThat(counts(NOON.plusSeconds(120))).isEqualTo(Map.of("a", 1L));
  }
}
