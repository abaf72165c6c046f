package io.busyhour.projection.windows.rollup;

import java.time.Duration;

/** How long a span of time is whose calls are summed up, and how far back there are such. */
enum Step {
  FIVE_MINUTES(Duration.ofMinutes(5), Duration.ofHours(50)),
  HOUR(Duration.ofHours(1), Duration.ofHours(2161)),
  DAY(Duration.ofDays(1), Duration.ofDays(401));

  private final Duration length;
  private final Duration horizon;

  Step(Duration length, Duration horizon) {
    this.length = length;
    this.horizon = horizon;
  }

  int seconds() {
    return (int) length.toSeconds();
  }

  /** The beginning of the span that a second belongs to; spans are those of UTC. */
  long start(long second) {
    return Math.floorDiv(second, seconds()) * seconds();
  }

  /** The beginning of the oldest span that is kept. */
  long oldest(long now) {
    return start(now - horizon.toSeconds());
  }
}
