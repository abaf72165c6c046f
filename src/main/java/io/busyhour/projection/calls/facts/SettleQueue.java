package io.busyhour.projection.calls.facts;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The rows that wait to be settled, by the receipt time at which they are due. Kept in memory and
 * taken up from the rows at a start. For the projection's thread.
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
    DELIVERY,
    /** Rooms that may turn out to be a call. */
    ROOM,
    /** Recordings of which only the room's name is known. */
    RECORDING,
    /** Ends of calls whose id when they joined their room is not known. */
    END
  }

  /** A row that is due; times are microseconds since 1970. */
  public record Due(long micros, Kind kind, String id) {}

  private record Row(Kind kind, String id) {}

  // The order among those due at the same time is fixed too, so that every replay is the same.
  private final NavigableSet<Due> queue =
      new TreeSet<>(
          Comparator.comparingLong(Due::micros).thenComparing(Due::kind).thenComparing(Due::id));

  private final Map<Row, Due> byRow = new HashMap<>();

  /** Forgets all. */
  public void clear() {
    queue.clear();
    byRow.clear();
  }

  /** Has a row wait until a receipt time, and no other; null if it waits no more. */
  public void put(Kind kind, String id, Long dueMicros) {
    Row row = new Row(kind, id);
    Due due = dueMicros == null ? null : new Due(dueMicros, kind, id);
    Due before = due == null ? byRow.remove(row) : byRow.put(row, due);
    if (Objects.equals(before, due)) {
      return;
    }
    if (before != null) {
      queue.remove(before);
    }
    if (due != null) {
      queue.add(due);
    }
  }

  /** Tells whether a row is due by a time. */
  public boolean isDue(long micros) {
    return !queue.isEmpty() && queue.first().micros() <= micros;
  }

  /** The next row that is due by a time, or null; it waits no more. */
  public Due poll(long micros) {
    if (!isDue(micros)) {
      return null;
    }
    Due due = queue.pollFirst();
    byRow.remove(new Row(due.kind(), due.id()));
    return due;
  }
}
