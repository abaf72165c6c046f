package io.busyhour.journal;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.journal.Inbox.Arrival;
import io.busyhour.journal.Inbox.Refused;
import io.busyhour.journal.JournalUnavailable.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A journal without a database, for tests of those who write to one or read from it. It keeps the
 * same contract, except that it is gone with the process.
 */
public final class MemoryJournal implements Journal {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final JournalSettings settings;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Entry> entries = new ArrayList<>();
  private final Set<EventKey> keys = new HashSet<>();
  private final Map<EventKey, Integer> repeats = new HashMap<>();
  private final Map<String, LedgerLine> ledger = new TreeMap<>();
  private final List<Runnable> uncounted = new ArrayList<>();
  private Instant last = Instant.EPOCH;
  private int waiting;
  private boolean failing;
  private boolean held;
  private boolean closed;

  /** An empty journal with the usual limits. */
  public MemoryJournal(InstantSource clock) {
    this(JournalSettings.DEFAULT, clock);
  }

  MemoryJournal(JournalSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** What a restart would find: a journal with the same content. */
  public MemoryJournal reopen() {
    return reopen(settings, clock);
  }

  MemoryJournal reopen(JournalSettings newSettings, InstantSource newClock) {
    MemoryJournal next = new MemoryJournal(newSettings, newClock);
    lock.lock();
    try {
      // As from a database: nobody's objects, and what has no JSON form does not pass.
      entries.stream().map(MemoryJournal::copy).forEach(next.entries::add);
      next.keys.addAll(keys);
      next.repeats.putAll(repeats);
      next.ledger.putAll(ledger);
      next.last = last;
    } finally {
      lock.unlock();
    }
    return next;
  }

  private static Entry copy(Entry entry) {
    Delivery delivery = entry.delivery();
    Delivery copy =
        new Delivery(
            delivery.key(),
            Body.read(Body.write(delivery.occurrences())),
            delivery.wholeBeginning());
    return new Entry(entry.position(), entry.receivedAt(), copy);
  }

  /** From now on nothing can be stored, or can again. */
  public void fail(boolean down) {
    change(() -> failing = down);
  }

  /** From now on whoever appends waits, or waits no longer. */
  public void hold(boolean holding) {
    change(() -> held = holding);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Appended> append(List<Delivery> deliveries) {
    int weight = deliveries.stream().map(Arrival::of).mapToInt(Arrival::weight).sum();
    lock.lock();
    try {
      enter(weight);
      Instant time = now();
      List<Appended> answers = new ArrayList<>();
      for (Delivery delivery : deliveries) {
        answers.add(append(delivery, time));
      }
      changed.signalAll();
      return answers;
    } finally {
      lock.unlock();
    }
  }

  private void enter(int weight) {
    if (closed) {
      throw new JournalUnavailable(Cause.STOPPING, RETRY, null);
    }
    if (waiting > 0 && waiting + weight > settings.maxWaiting()) {
      throw new JournalUnavailable(Cause.OVERLOADED, RETRY, null);
    }
    waiting += weight;
    while (held) {
      changed.awaitUninterruptibly();
    }
    waiting -= weight;
    changed.signalAll();
    if (failing) {
      throw new JournalUnavailable(Cause.STORE_DOWN, RETRY, null);
    }
    count();
  }

  private Appended append(Delivery delivery, Instant time) {
    String source = delivery.key().source();
    if (!keys.add(delivery.key())) {
      count(new LedgerLine(source, 0, 1, Map.of(), null));
      repeats.merge(delivery.key(), 1, Integer::sum);
      return Appended.DUPLICATE;
    }
    entries.add(new Entry(entries.size() + 1, time, delivery));
    Instant lastEvent =
        delivery.occurrences().stream().map(o -> o.time()).max(Instant::compareTo).get();
    count(new LedgerLine(source, 1, 0, Map.of(), lastEvent));
    return Appended.NEW;
  }

  private Instant now() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    last = now.isAfter(last) ? now : last;
    return last;
  }

  @Override
  public void refuse(String source, String reason, long count) {
    Refused kind = Refused.of(source, reason);
    change(
        () -> {
          if (closed) {
            throw new JournalUnavailable(Cause.STOPPING, RETRY, null);
          }
          uncounted.add(
              () -> count(new LedgerLine(kind.source(), 0, 0, Map.of(reason, count), null)));
        });
  }

  /** Brings in what was refused while nothing could be stored. */
  private void count() {
    if (!failing && !held) {
      uncounted.forEach(Runnable::run);
      uncounted.clear();
    }
  }

  private void count(LedgerLine more) {
    long known = ledger.keySet().stream().filter(name -> !name.equals(Ledger.OTHER)).count();
    boolean roomy = ledger.containsKey(more.source()) || known < settings.maxSources();
    String source = roomy ? more.source() : Ledger.OTHER;
    ledger.merge(source, named(source, more), MemoryJournal::sum);
  }

  private static LedgerLine named(String source, LedgerLine line) {
    return new LedgerLine(
        source, line.accepted(), line.duplicates(), line.rejected(), line.lastEvent());
  }

  private static LedgerLine sum(LedgerLine a, LedgerLine b) {
    Map<String, Long> rejected = new TreeMap<>(a.rejected());
    b.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    Instant lastEvent = a.lastEvent() == null ? b.lastEvent() : a.lastEvent();
    if (b.lastEvent() != null && b.lastEvent().isAfter(lastEvent)) {
      lastEvent = b.lastEvent();
    }
    return new LedgerLine(
        a.source(),
        a.accepted() + b.accepted(),
        a.duplicates() + b.duplicates(),
        rejected,
        lastEvent);
  }

  @Override
  public List<Entry> read(long after, int limit) {
    lock.lock();
    try {
      int from = (int) Math.min(after, entries.size());
      return List.copyOf(entries.subList(from, Math.min(entries.size(), from + limit)));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Stored> find(Collection<Long> positions) {
    lock.lock();
    try {
      return entries.stream()
          .filter(entry -> positions.contains(entry.position()))
          .map(entry -> new Stored(entry, repeats.getOrDefault(entry.delivery().key(), 0)))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Tip tip() {
    lock.lock();
    try {
      return new Tip(entries.size(), failing ? last : now());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Tip await(long position, Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeout.toNanos();
      while (entries.size() <= position && left > 0) {
        left = changed.awaitNanos(left);
      }
      return tip();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<LedgerLine> ledger() {
    lock.lock();
    try {
      count();
      return List.copyOf(ledger.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isOpen() {
    lock.lock();
    try {
      return !closed && !failing;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (waiting > 0) {
        changed.awaitUninterruptibly();
      }
      count();
    } finally {
      lock.unlock();
    }
  }
}
