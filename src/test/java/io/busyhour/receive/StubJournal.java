package io.busyhour.receive;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.journal.Entry;
import io.busyhour.journal.Journal;
import io.busyhour.journal.JournalUnavailable;
import io.busyhour.journal.LedgerLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As much of a journal as a door needs, in memory: what it was given, and what was refused. */
public class StubJournal implements Journal {
  private final Map<EventKey, Delivery> deliveries = new LinkedHashMap<>();
  private final Map<String, Long> refused = new TreeMap<>();
  private int appends;
  private JournalUnavailable.Cause unavailable;

  @Override
  public synchronized List<Appended> append(List<Delivery> given) {
    if (unavailable != null) {
      throw new JournalUnavailable(unavailable, Duration.ofMillis(2500), null);
    }
    appends++;
    List<Appended> answers = new ArrayList<>();
    for (Delivery one : given) {
      boolean isNew = deliveries.putIfAbsent(one.key(), one) == null;
      answers.add(isNew ? Appended.NEW : Appended.DUPLICATE);
    }
    return answers;
  }

  @Override
  public synchronized void refuse(String source, String reason, long count) {
    refused.merge(source + " " + reason, count, Long::sum);
  }

  /** What was stored, in its order. */
  public synchronized List<Delivery> stored() {
    return List.copyOf(deliveries.values());
  }

  /** Refusals by "source reason". */
  public synchronized Map<String, Long> refused() {
    return Map.copyOf(refused);
  }

  /** How often {@link #append} was called. */
  public synchronized int appends() {
    return appends;
  }

  /** Forgets everything, and is available. */
  public synchronized void clear() {
    deliveries.clear();
    refused.clear();
    appends = 0;
    unavailable = null;
  }

  /** Refuses to store from now on. */
  public synchronized void fail(JournalUnavailable.Cause cause) {
    unavailable = cause;
  }

  @Override
  public List<Entry> read(long after, int limit) {
    throw new UnsupportedOperationException("doors do not read");
  }

  @Override
  public Tip tip() {
    return new Tip(0, Instant.EPOCH);
  }

  @Override
  public Tip await(long position, Duration timeout) {
    return tip();
  }

  @Override
  public List<Stored> find(Collection<Long> positions) {
    throw new UnsupportedOperationException("doors do not read");
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
