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

/** Deletes what is kept long enough, in small steps with pauses between them. */
final class Retention implements Chores.Work {
  private static final Logger LOG = System.getLogger(Retention.class.getName());
  private static final int ENTRIES = 1_000;
  static final int ROWS = 500;
  // A step takes some milliseconds: most of the time is left to those who write.
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final OldEntries entries;
  private final Runner runner;
  private final Duration eventsKept;
  private final Duration callsKept;
  private final Clock clock;

  Retention(
      OldEntries entries, Runner runner, Duration eventsKept, Duration callsKept, Clock clock) {
    this.entries = entries;
    this.runner = runner;
    this.eventsKept = eventsKept;
    this.callsKept = callsKept;
    this.clock = clock;
  }

  @Override
  public void run(Stop stop) {
    Instant now = clock.instant();
    long read = runner.progress().position();
    Instant events = now.minus(eventsKept);
    Instant calls = now.minus(callsKept);
    long gone = inSteps(() -> entries.delete(events, read, ENTRIES), ENTRIES, stop);
    long rows = inSteps(() -> runner.forget(calls, ROWS), ROWS, stop);
    if (gone + rows > 0) {
      LOG.log(
          Level.INFO,
          "deleted what is kept long enough: {0} journal entries, {1} rows of calls and the like",
          gone,
          rows);
    }
  }

  /** Does steps until one is not full, or the end comes; tells how many there were in all. */
  static long inSteps(IntSupplier step, int size, Stop stop) {
    long all = 0;
    int done = size;
    while (done == size && !stop.within(PAUSE)) {
      done = step.getAsInt();
      all += done;
    }
    return all;
  }
}
