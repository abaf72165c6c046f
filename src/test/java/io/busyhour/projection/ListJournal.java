package io.busyhour.projection;

import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.journal.Journal;
import io.busyhour.journal.LedgerLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A journal whose entries and time a test sets by hand. */
final class ListJournal implements Journal {
  private static final long MOST_NANOS = 5_000_000;

  private final List<Entry> entries = new ArrayList<>();
  private final int most;
  private final Set<EventKey> keys = new HashSet<>();
  private Instant now;

  ListJournal(Instant start) {
    this(start, Integer.MAX_VALUE);
  }

  /** One of which no more than so many entries are read at a time. */
  ListJournal(Instant start, int most) {
    this.now = start;
    this.most = most;
  }

  /** One event as somebody sends it. */
  static Occurrence said(String type, Instant time, Map<String, ?> data) {
    Event event = EventType.named(type).read(data);
    return new Occurrence(time, event, data);
  }

  /** Receives an event now. */
  synchronized void receive(Occurrence occurrence) {
    receive(List.of(occurrence), false);
  }

  synchronized void receive(List<Occurrence> occurrences, boolean whole) {
    EventKey key = new EventKey("test", Long.toString(entries.size() + 1L));
    receive(new Delivery(key, occurrences, whole));
  }

  /** Receives a delivery now, unless it is there already, as every journal does. */
  synchronized void receive(Delivery delivery) {
    if (keys.add(delivery.key())) {
      entries.add(new Entry(entries.size() + 1L, now, delivery));
      notifyAll();
    }
  }

  synchronized void pass(Duration time) {
    now = now.plus(time);
    notifyAll();
  }

  @Override
  public synchronized Tip tip() {
    return new Tip(entries.size(), now);
  }

  @Override
  public synchronized Tip await(long position, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + Math.min(MOST_NANOS, timeout.toNanos());
    while (entries.size() <= position && System.nanoTime() < deadline) {
      wait(1);
    }
    return tip();
  }

  @Override
  public synchronized List<Entry> read(long after, int limit) {
    return IntStream.range(
            (int) after, (int) Math.min(entries.size(), after + Math.min(limit, most)))
        .mapToObj(entries::get)
        .toList();
  }

  @Override
  public synchronized List<Appended> append(List<Delivery> deliveries) {
    List<Appended> answers = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      answers.add(keys.contains(delivery.key()) ? Appended.DUPLICATE : Appended.NEW);
      receive(delivery);
    }
    return answers;
  }

  @Override
  public void refuse(String source, String reason, long count) {
    throw new UnsupportedOperationException("nothing is refused here");
  }

  @Override
  public List<Stored> find(Collection<Long> positions) {
    throw new UnsupportedOperationException("the projection reads in order");
  }

  @Override
  public List<LedgerLine> ledger() {
    return List.of();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
