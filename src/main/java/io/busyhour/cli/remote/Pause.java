package io.busyhour.cli.remote;

import java.time.Duration;

/** Waiting, so that tests need not. */
@FunctionalInterface
public interface Pause {
  /** Waits; false when waiting is over for good because the work was stopped. */
  boolean pause(Duration time) throws InterruptedException;
}
