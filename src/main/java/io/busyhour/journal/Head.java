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
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private final int maxEvents;
  // A ring: the entry of a position is at its remainder. An entry has at least one event.
  private final Entry[] ring;
  private long first = 1;
  private long next = 1;
  private int events;
  private Tip tip = new Tip(0, Instant.EPOCH);

  Head(int maxEvents) {
    this.maxEvents = maxEvents;
    this.ring = new Entry[maxEvents];
  }

  /** Publishes what was committed: entries up to the tip, oldest first. */
  void advance(List<Entry> entries, Tip to) {
    lock.lock();
    try {
      for (Entry entry : entries) {
        add(entry);
      }
      tip = to;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(Entry entry) {
    if (entry.position() != next) {
      // Another process wrote in between, or this one just started: there must be no gap.
      while (first < next) {
        removeFirst();
      }
      first = entry.position();
      next = first;
    }
    int size = entry.delivery().occurrences().size();
    while (first < next && events + size > maxEvents) {
      removeFirst();
    }
    ring[slot(next)] = entry;
    next++;
    events += size;
  }

  private void removeFirst() {
    int slot = slot(first);
    events -= ring[slot].delivery().occurrences().size();
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
        entries.add(ring[slot(position)]);
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
