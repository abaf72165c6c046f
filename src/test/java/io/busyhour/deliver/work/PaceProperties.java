package io.busyhour.deliver.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PaceProperties {
  private static final Instant NOW = Instant.parse("2026-11-21T16:00:00Z");

  @Example
  void burst_isThatOfASecond_thenOneAfterTheOther() {
    Pace pace = new Pace(4);
    for (int left = 4; left > 0; left--) {
      assertThat(pace.available(NOW)).isEqualTo(left);
      assertThat(pace.delay(NOW)).isZero();
      pace.take(NOW);
    }
    assertThat(pace.available(NOW)).isZero();
    assertThat(pace.delay(NOW)).isEqualTo(Duration.ofMillis(250));
    assertThat(pace.delay(NOW.plusMillis(100))).isEqualTo(Duration.ofMillis(150));
    assertThat(pace.available(NOW.plusMillis(250))).isEqualTo(1);
    assertThat(pace.available(NOW.plusSeconds(1))).isEqualTo(4);
    assertThat(pace.available(NOW.plusSeconds(100))).isEqualTo(4);
  }

  @Example
  void zero_isNoLimit() {
    Pace pace = new Pace(0);
    pace.take(NOW);
    assertThat(pace.available(NOW)).isEqualTo(Integer.MAX_VALUE);
    assertThat(pace.delay(NOW)).isZero();
    assertThatThrownBy(() -> new Pace(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void clock_putBack_costsASecondAtMost() {
    Pace pace = new Pace(1);
    pace.take(NOW);
    assertThat(pace.delay(NOW.minusSeconds(3600))).isEqualTo(Duration.ofSeconds(1));
  }

  @Property
  void anySecond_hasAtMostItsShareAndTheBurst(
      @ForAll @IntRange(min = 1, max = 50) int perSecond,
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 400) Long> gaps) {
    Pace pace = new Pace(perSecond);
    List<Instant> taken = new ArrayList<>();
    Instant now = NOW;
    for (long gap : gaps) {
      now = now.plusMillis(gap);
      assertThat(pace.available(now) > 0).isEqualTo(pace.delay(now).isZero());
      if (pace.available(now) > 0) {
        pace.take(now);
        taken.add(now);
      }
    }
    for (Instant from : taken) {
      long within =
          taken.stream().filter(t -> !t.isBefore(from) && t.isBefore(from.plusSeconds(1))).count();
      assertThat(within).isLessThanOrEqualTo(2L * perSecond);
    }
  }

  @Property
  void whoeverWaits_mayBegin(@ForAll @IntRange(min = 1, max = 2000) int perSecond) {
    Pace pace = new Pace(perSecond);
    Instant now = NOW;
    for (int i = 0; i < 3 * perSecond; i++) {
      now = now.plus(pace.delay(now));
      assertThat(pace.available(now)).isPositive();
      pace.take(now);
    }
    // The first second's share at once, and the other two at their pace.
    assertThat(Duration.between(NOW, now))
        .isBetween(Duration.ofMillis(1990), Duration.ofMillis(2010));
  }
}
