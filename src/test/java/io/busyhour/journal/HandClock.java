package io.busyhour.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that the test turns by hand. */
public final class HandClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** A clock that stands at a time. */
  public HandClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Turns it, back too. */
  public void turn(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }
}
