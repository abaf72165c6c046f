package io.busyhour.projection.calls.dialer;

import io.busyhour.event.DialerEvent.Requested;
import io.busyhour.event.DialerEvent.Responded;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import io.busyhour.projection.change.TimerChange;
import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Correction;
import io.busyhour.projection.change.TimerChange.Timer;
import jakarta.persistence.EntityManager;
import java.util.Set;
import java.util.function.Consumer;

/** Timers of a dialer's requests: what starts and what stops one is matched by its request's id. */
public final class Timers implements Rows {
  private static final Set<Correction> NO_CORRECTION = Set.of();

  private final EntityManager em;
  private final SettleQueue waiting;
  private final Patience patience;

  /** Timers within the transaction of an entity manager. */
  public Timers(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.waiting = waiting;
    this.patience = patience;
  }

  @Override
  public Kind kind() {
    return Kind.TIMER;
  }

  @Override
  public void restore() {
    em.createQuery(
            "select t.counted.due, t.requestId from Timer t where t.counted.due is not null",
            Object[].class)
        .getResultStream()
        .forEach(row -> waiting.add((Long) row[0], Kind.TIMER, (String) row[1]));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    long at = Micros.of(occurrence.time());
    long receivedAt = Micros.of(entry.receivedAt());
    switch (occurrence.event()) {
      case Requested said ->
          apply(said.requestId(), row -> row.merge(said, at, receivedAt), receivedAt, changes);
      case Responded said ->
          apply(said.requestId(), row -> row.merge(said, at, receivedAt), receivedAt, changes);
      default -> {
        // Not a timer's.
      }
    }
  }

  private void apply(String requestId, Consumer<TimerRow> merge, long now, Fold changes) {
    TimerRow row = em.find(TimerRow.class, requestId);
    Timer before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new TimerRow(requestId);
      em.persist(row);
    }
    merge.accept(row);
    Timer after = row.toRecord();
    tell(row, after, now, row.counted.corrections(before, after), changes);
  }

  private void tell(
      TimerRow row, Timer after, long now, Set<Correction> corrections, Fold changes) {
    Long wasDue = row.counted.due;
    Set<Contribution> counted = row.count(now, patience.settleMicros(), patience.timerMicros());
    Long due = row.counted.due;
    if (due != null && !due.equals(wasDue)) {
      waiting.add(due, Kind.TIMER, row.requestId);
    }
    if (!counted.isEmpty() || !corrections.isEmpty()) {
      changes.on(new TimerChange(after, counted, row.countingLabels(), corrections));
    }
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    TimerRow row = em.find(TimerRow.class, id);
    if (row != null && row.counted.due != null && row.counted.due <= nowMicros) {
      tell(row, row.toRecord(), nowMicros, NO_CORRECTION, changes);
    }
  }
}
