package io.busyhour.receive.statsd;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Receiver;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Adds up lines, and stores what they came to as one delivery at each flush. A delivery that could
 * not be stored is tried again as it is, so that it counts once whatever became of it; meanwhile
 * the next one is added up, for as long as it takes. Lines may be given by any thread.
 */
final class Aggregator {
  /** Who is in the ledger. */
  static final String SOURCE = "statsd";

  private static final System.Logger LOG = System.getLogger(Aggregator.class.getName());

  private final Receiver receiver;
  private final String instance;
  private final int room;

  /** Guards what lines change; it is not held while something is stored. */
  private final ReentrantLock lock = new ReentrantLock();

  private Interval interval;
  private Map<Reason, Long> refused = new EnumMap<>(Reason.class);

  // What follows belongs to the one thread that flushes.
  private long flushes;
  private Delivery waiting;
  private long samplesWaiting;
  private boolean warned;
  private boolean warnedOfRoom;

  /**
   * @param instance unlike that of every other process, so that no two deliveries have one key
   * @param room how much one interval remembers
   */
  Aggregator(Receiver receiver, String instance, int room) {
    this.receiver = receiver;
    this.instance = instance;
    this.room = room;
    this.interval = new Interval(room);
  }

  /** Takes the lines of a datagram, or of what was read of a connection. */
  void takeAll(byte[] bytes, int from, int to) {
    lock.lock();
    try {
      int begin = from;
      for (int i = from; i < to; i++) {
        if (bytes[i] == '\n') {
          take(bytes, begin, i);
          begin = i + 1;
        }
      }
      take(bytes, begin, to);
    } finally {
      lock.unlock();
    }
  }

  /** Counts something that is no line at all. */
  void refuse(Reason reason) {
    lock.lock();
    try {
      refused.merge(reason, 1L, Long::sum);
    } finally {
      lock.unlock();
    }
  }

  private void take(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    if (end == from) {
      return;
    }
    try {
      interval.add(LineReader.read(bytes, from, end));
    } catch (Refusal e) {
      refused.merge(e.reason(), 1L, Long::sum);
      // Why is not logged: what a line says may be somebody's phone number.
    }
  }

  /**
   * Stores what there is; what cannot be stored now is tried again by the next call. Called by one
   * thread.
   */
  void flush() {
    Map<Reason, Long> reasons = takeOut();
    reasons.forEach((reason, count) -> receiver.count(SOURCE, reason, count));
    warnOfRoom(reasons.containsKey(Reason.OVERLOADED));
    if (waiting != null) {
      store();
    }
  }

  /** Begins another interval, unless the one before is still to be stored. */
  private Map<Reason, Long> takeOut() {
    Interval full = null;
    Map<Reason, Long> reasons;
    lock.lock();
    try {
      if (waiting == null && !interval.isEmpty()) {
        full = interval;
        interval = new Interval(room);
      }
      reasons = refused;
      refused = new EnumMap<>(Reason.class);
    } finally {
      lock.unlock();
    }
    if (full != null) {
      EventKey key = new EventKey(SOURCE, instance + "-" + ++flushes);
      waiting = new Delivery(key, full.occurrences(receiver.now()), false);
      samplesWaiting = full.samples();
    }
    return reasons;
  }

  private void store() {
    try {
      receiver.store(waiting);
      waiting = null;
      if (warned) {
        LOG.log(Level.INFO, "StatsD is stored again");
      }
      warned = false;
    } catch (Refusal e) {
      Level level = warned ? Level.DEBUG : Level.WARNING;
      LOG.log(level, "StatsD cannot be stored now and is tried again: {0}", e.getMessage());
      warned = true;
    } catch (RuntimeException e) {
      // Nothing that is known of. What cannot be stored at all must not hold up what follows.
      LOG.log(Level.ERROR, samplesWaiting + " samples of StatsD are given up", e);
      receiver.count(SOURCE, Reason.INTERNAL_ERROR, 1);
      waiting = null;
    }
  }

  private void warnOfRoom(boolean full) {
    if (full && !warnedOfRoom) {
      LOG.log(
          Level.WARNING,
          "StatsD is refused: more than {0} different metrics and values in an interval, or more"
              + " connections than are taken",
          Integer.toString(room));
    }
    warnedOfRoom = full;
  }

  /** Stores what there is for the last time, when no more lines come: what cannot be is lost. */
  void close() {
    flush();
    if (waiting == null) {
      flush(); // what came in while an earlier one waited
    }
    if (waiting != null) {
      LOG.log(
          Level.WARNING,
          "{0} samples of StatsD are lost: they could not be stored before the end",
          Long.toString(samplesWaiting + interval.samples()));
    }
  }
}
