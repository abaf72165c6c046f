package io.busyhour.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Waits between two times of asking until the test says so; any other wait is over at once. */
final class HandPause implements Pause {
  private final Duration interval;
  private final Semaphore reached = new Semaphore(0);
  private final Semaphore turns = new Semaphore(0);
  private final List<Duration> slept = Collections.synchronizedList(new ArrayList<>());

  HandPause(Duration interval) {
    this.interval = interval;
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    if (time.equals(interval)) {
      reached.release();
      turns.acquire();
    } else {
      slept.add(time);
    }
  }

  /** Waits until all was asked that is asked at once. */
  void awaitRound() throws InterruptedException {
    if (!reached.tryAcquire(20, java.util.concurrent.TimeUnit.SECONDS)) {
      throw new AssertionError("it still asks");
    }
  }

  /** The interval is over. */
  void turn() throws InterruptedException {
    turns.release();
    awaitRound();
  }

  /** How long it waited before it asked again. */
  List<Duration> slept() {
    return List.copyOf(slept);
  }
}
