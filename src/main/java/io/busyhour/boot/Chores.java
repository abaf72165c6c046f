package io.busyhour.boot;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What has to be done now and then, on one thread of its own. Each is done first one period after
 * the start, and again one period after it was done: two never run at the same time. One that fails
 * is tried again when its period is over; its first failure in a row is logged as a warning.
 */
public final class Chores implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Chores.class.getName());
  private static final Duration CLOSE = Duration.ofSeconds(10);

  /**
   * Something to do.
   *
   * @param name what it is, for the log
   * @param period how long from one time to the next
   * @param work what is done; should it take long, it asks {@link Stop} now and then
   */
  public record Chore(String name, Duration period, Work work) {}

  /** What is done. */
  @FunctionalInterface
  public interface Work {
    /** Does it, or the part of it that fits before the stop. */
    void run(Stop stop);
  }

  /** Tells that the chores are to end. */
  @FunctionalInterface
  public interface Stop {
    /** Waits, and tells whether the end came meanwhile. */
    boolean within(Duration pause);
  }

  private final List<Chore> chores;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Set<Chore> failing = new HashSet<>();
  private final Thread thread;

  /** Begins with these chores. */
  public Chores(List<Chore> chores) {
    this.chores = List.copyOf(chores);
    thread = Thread.ofPlatform().name("busyhour-chores").daemon().start(this::run);
  }

  private void run() {
    long[] due = new long[chores.size()];
    for (int i = 0; i < due.length; i++) {
      due[i] = System.nanoTime() + chores.get(i).period().toNanos();
    }
    while (due.length > 0 && !isStoppedWithin(untilFirst(due))) {
      for (int i = 0; i < due.length && stop.getCount() > 0; i++) {
        if (due[i] - System.nanoTime() <= 0) {
          work(chores.get(i));
          due[i] = System.nanoTime() + chores.get(i).period().toNanos();
        }
      }
    }
  }

  private static Duration untilFirst(long[] due) {
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (long at : due) {
      least = Math.min(least, at - now);
    }
    return Duration.ofNanos(Math.max(0, least));
  }

  private boolean isStoppedWithin(Duration pause) {
    try {
      return stop.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true; // asked to stop
    }
  }

  // Catches all, for this is the edge of the thread: the other chores go on.
  private void work(Chore chore) {
    try {
      chore.work().run(this::isStoppedWithin);
      if (failing.remove(chore)) {
        LOG.log(Level.INFO, "{0}: done again", chore.name());
      }
    } catch (Throwable e) {
      Level level = failing.add(chore) && stop.getCount() > 0 ? Level.WARNING : Level.DEBUG;
      LOG.log(level, chore.name() + " failed and is tried again in " + chore.period(), e);
    }
  }

  /** Waits for what is being done, for a while. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
