package io.busyhour.journal;

import io.busyhour.journal.Journal.Tip;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The end of the journal as it is committed: the tip, and the newest entries in memory. */
final class Head {
  /**
   * An entry in memory.
   *
   * @param weight for how many events it counts, at least 1
   */
  record Recent(Entry entry, int weight) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private final int maxWeight;
  // A ring: the entry of a position is at its remainder. There are never more than it has places,
  // because each weighs at least 1.
  private final Recent[] ring;
  private long first = 1;
  private long next = 1;
  private int weight;
  private Tip tip = new Tip(0, Instant.EPOCH);

  Head(int maxWeight) {
    this.maxWeight = maxWeight;
    this.ring = new Recent[maxWeight];
  }

  /** Publishes what was committed: entries up to the tip, oldest first. */
  void advance(List<Recent> entries, Tip to) {
    lock.lock();
    try {
      entries.forEach(this::add);
      tip = to;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(Recent recent) {
    long position = recent.entry().position();
    if (position != next) {
      // Another process wrote in between, or this one just started: there must be no gap.
      while (first < next) {
        removeFirst();
      }
      first = position;
      next = position;
    }
    while (first < next && weight + recent.weight() > maxWeight) {
      removeFirst();
    }
    ring[slot(next)] = recent;
    next++;
    weight += recent.weight();
  }

  private void removeFirst() {
    int slot = slot(first);
    weight -= ring[slot].weight();
    ring[slot] = null;
    first++;
  }

  private int slot(long position) {
    return (int) (position % ring.length);
  }

  /** The entries after a position, or null if the first of them is not in memory. */
  List<Entry> read(long after, int limit) {
    lock.lock();
    try {
      if (after >= tip.position()) {
        return List.of();
      }
      if (after + 1 < first || after + 1 >= next) {
        return null;
      }
      long end = Math.min(next, after + 1 + limit);
      List<Entry> entries = new ArrayList<>((int) (end - after - 1));
      for (long position = after + 1; position < end; position++) {
        entries.add(ring[slot(position)].entry());
      }
      return entries;
    } finally {
      lock.unlock();
    }
  }

  Tip tip() {
    lock.lock();
    try {
      return tip;
    } finally {
      lock.unlock();
    }
  }

  Tip await(long position, Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (tip.position() <= position && left > 0) {
        left = advanced.awaitNanos(left);
      }
      return tip;
    } finally {
      lock.unlock();
    }
  }
}
