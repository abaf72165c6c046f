package io.busyhour.instrument;

import java.time.Clock;

/**
 * A clock that is read once a batch, so that what every update asks of it is one look at a field.
 */
final class RoughClock {
  private final Clock clock;
  private volatile long read;

  RoughClock(Clock clock) {
    this.clock = clock;
    read();
  }

  void read() {
    read = clock.millis();
  }

  /** Milliseconds since 1970 when it was last read. */
  long lastRead() {
    return read;
  }

  /** Milliseconds since 1970. */
  long now() {
    return clock.millis();
  }
}
