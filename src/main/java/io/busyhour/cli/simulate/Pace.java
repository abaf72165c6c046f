package io.busyhour.cli.simulate;

import io.busyhour.cli.remote.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clock that a simulation goes by: it shows the simulation's start when it begins. */
interface Pace extends Pause {
  /** The time in the simulation. */
  Instant now();

  /** Goes as real time does. */
  static Pace real(Instant start, CountDownLatch stop) {
    long began = System.nanoTime();
    return new Pace() {
      @Override
      public Instant now() {
        return start.plusNanos(System.nanoTime() - began);
      }

      @Override
      public boolean pause(Duration time) throws InterruptedException {
        return !stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
      }
    };
  }
}
