package io.busyhour.poll;

import java.time.Duration;

/** Lets time pass; a test's own turns the clock instead. */
@FunctionalInterface
interface Pause {
  void sleep(Duration time) throws InterruptedException;
}
