package io.busyhour.boot;

import io.busyhour.boot.Chores.Stop;
import io.busyhour.journal.OldEntries;
import io.busyhour.projection.Runner;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Deletes what is kept long enough, in small steps. After each comes a pause as long as the step:
 * at least half of the time is left to those who write, however slow the disk or busy the machine
 * is.
 */
final class Retention implements Chores.Work {
  private static final Logger LOG = System.getLogger(Retention.class.getName());
  private static final int ENTRIES = 1_000;
  // While rows are deleted no figure can be read or changed; an entry is in nobody's way.
  static final int ROWS = 200;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

  private final OldEntries entries;
  private final Runner runner;
  private final LongSupplier readable;
  private final Duration eventsKept;
  private final Duration callsKept;
  private final Clock clock;

  Retention(
      OldEntries entries,
      Runner runner,
      LongSupplier readable,
      Duration eventsKept,
      Duration callsKept,
      Clock clock) {
    this.entries = entries;
    this.runner = runner;
    this.readable = readable;
    this.eventsKept = eventsKept;
    this.callsKept = callsKept;
    this.clock = clock;
  }

  @Override
  public void run(Stop stop) {
    Instant now = clock.instant();
    long read = readable.getAsLong();
    Instant events = now.minus(eventsKept);
    Instant calls = now.minus(callsKept);
    long gone =
        inSteps(() -> entries.delete(events, read, ENTRIES), ENTRIES, System::nanoTime, stop);
    long rows = inSteps(() -> runner.forget(calls, ROWS), ROWS, System::nanoTime, stop);
    if (gone + rows > 0) {
      LOG.log(
          Level.INFO,
          "deleted what is kept long enough: {0} journal entries, {1} rows of calls and the like",
          gone,
          rows);
    }
  }

  /**
   * Takes steps until one had less to do than it could, or the end comes; adds up what they did.
   */
  static long inSteps(IntSupplier step, int size, LongSupplier nanos, Stop stop) {
    long all = 0;
    int done = size;
    Duration pause = SHORTEST_PAUSE;
    while (done == size && !stop.within(pause)) {
      long start = nanos.getAsLong();
      done = step.getAsInt();
      all += done;
      Duration took = Duration.ofNanos(nanos.getAsLong() - start);
      pause = took.compareTo(SHORTEST_PAUSE) > 0 ? took : SHORTEST_PAUSE;
    }
    return all;
  }
}
