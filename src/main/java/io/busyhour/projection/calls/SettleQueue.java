package io.busyhour.projection.calls;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The calls that wait to be settled, by the receipt time at which they are due. Kept in memory and
 * taken up from the rows at a start; a call may be in it more than once, and only what its row says
 * counts. For the projection's thread.
 */
final class SettleQueue {
  private record Due(long micros, String callId) {}

  // The order among those due at the same time is fixed too, so that every replay is the same.
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::micros).thenComparing(Due::callId));

  void clear() {
    queue.clear();
  }

  void add(long dueMicros, String callId) {
    queue.add(new Due(dueMicros, callId));
  }

  boolean isDue(long micros) {
    return !queue.isEmpty() && queue.peek().micros() <= micros;
  }

  /** The next call that is due by a time, or null. */
  String poll(long micros) {
    return isDue(micros) ? queue.poll().callId() : null;
  }
}
