package io.busyhour.receive.statsd;

import java.time.Duration;

/** Waits for threads that were told to end. */
final class Threads {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Threads() {}

  static void join(Thread thread) {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
