package io.busyhour.deliver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ScheduleProperties {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Schedule of(double jitter, Duration... delays) {
    return new Schedule(Work.settings(jitter, delays));
  }

  @Example
  void wait_isThatOfTheFailure_thenTheLast() {
    Schedule schedule = of(0, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2));
    Random random = new Random(1);
    assertThat(schedule.after(1, null, random)).isEqualTo(Duration.ofSeconds(30));
    assertThat(schedule.after(2, null, random)).isEqualTo(Duration.ofMinutes(1));
    assertThat(schedule.after(3, null, random)).isEqualTo(Duration.ofMinutes(2));
    assertThat(schedule.after(4, null, random)).isEqualTo(Duration.ofMinutes(2));
    assertThat(schedule.after(Integer.MAX_VALUE, null, random)).isEqualTo(Duration.ofMinutes(2));
    assertThat(of(0, Duration.ofDays(2)).after(1, null, random)).isEqualTo(HOUR);
    assertThat(of(0, HOUR).after(1, Duration.ofDays(1), random)).isEqualTo(Duration.ofDays(1));
    assertThat(of(0, HOUR).after(1, Duration.ofSeconds(1), random)).isEqualTo(HOUR);
  }

  @Property
  void wait_isWithinItsJitter_andAnHour(
      @ForAll @Size(min = 1, max = 8) List<@LongRange(min = 0, max = 10_000) Long> seconds,
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll @IntRange(min = 1, max = 20) int failures,
      @ForAll Random random) {
    Duration[] delays = seconds.stream().map(Duration::ofSeconds).toArray(Duration[]::new);
    Duration base = delays[Math.min(failures, delays.length) - 1];
    double nanos = Math.min(base.toNanos(), HOUR.toNanos());
    Duration wait = of(jitter, delays).after(failures, null, random);
    assertThat(wait).isBetween(Duration.ZERO, HOUR);
    assertThat((double) wait.toNanos())
        .isBetween(nanos * (1 - jitter) - 1, nanos * (1 + jitter) + 1);
  }

  @Property
  void wait_isNeverShorterThanWhatWasAskedFor(
      @ForAll @LongRange(min = 1, max = 86_400) long retryAfter, @ForAll Random random) {
    Duration asked = Duration.ofSeconds(retryAfter);
    assertThat(of(0.5, Duration.ofMinutes(5)).after(1, asked, random))
        .isGreaterThanOrEqualTo(asked);
  }

  @Example
  void wait_isApartForEach() {
    Schedule schedule = of(0.1, Duration.ofMinutes(1));
    Random random = new Random(1);
    assertThat(schedule.after(1, null, random)).isNotEqualTo(schedule.after(1, null, random));
  }

  @Example
  void settings_thatAreNone() {
    assertThatThrownBy(() -> of(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(0, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(1.01, HOUR)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(Double.NaN, HOUR)).isInstanceOf(IllegalArgumentException.class);
  }
}
