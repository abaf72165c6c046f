package io.busyhour.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that the test turns by hand. */
public final class HandClock implements InstantSource {
  private final AtomicReference<Instant> now;
  private final AtomicLong nanos = new AtomicLong();

  /** A clock that stands at a time. */
  public HandClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Time that passes and cannot be turned, as {@link System#nanoTime}. */
  long nanos() {
    return nanos.get();
  }

  /** Lets time pass, for the clock as well. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    turn(time);
  }

  /** Turns it, back too, while no time passes. */
  public void turn(Duration by) {
    now.updateAndGet(time -> time.plus(by));
  }
}
