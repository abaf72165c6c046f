package io.busyhour.projection.calls.facts;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The rows that wait to be settled, by the receipt time at which they are due. Kept in memory and
 * taken up from the rows at a start; a row may be in it more than once, and only what the row says
 * counts. For the projection's thread.
 */
public final class SettleQueue {
  /** A kind of rows that may wait. */
  public enum Kind {
    /** Calls. */
    CALL,
    /** Reports of a call's quality. */
    QUALITY,
    /** Messages. */
    MESSAGE,
    /** Timers of a dialer's requests. */
    TIMER,
    /** Caller sessions. */
    SESSION,
    /** Deliveries of webhooks. */
    DELIVERY
  }

  /** A row that is due; times are microseconds since 1970. */
  public record Due(long micros, Kind kind, String id) {}

  // The order among those due at the same time is fixed too, so that every replay is the same.
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Due::micros).thenComparing(Due::kind).thenComparing(Due::id));

  /** Forgets all. */
  public void clear() {
    queue.clear();
  }

  /** Has a row wait until a receipt time. */
  public void add(long dueMicros, Kind kind, String id) {
    queue.add(new Due(dueMicros, kind, id));
  }

  /** Tells whether a row is due by a time. */
  public boolean isDue(long micros) {
    return !queue.isEmpty() && queue.peek().micros() <= micros;
  }

  /** The next row that is due by a time, or null. */
  public Due poll(long micros) {
    return isDue(micros) ? queue.poll() : null;
  }
}
