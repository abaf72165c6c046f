package io.busyhour.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

  /** This clock, for who asks for one with a zone: UTC. */
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody asks this clock for dates");
      }
    };
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
