package io.busyhour.projection.calls.dialer;

import io.busyhour.event.DialerEvent;
import io.busyhour.event.DialerEvent.Requested;
import io.busyhour.event.DialerEvent.Responded;
import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.OldRows;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.RowsById;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import io.busyhour.projection.change.TimerChange;
import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Correction;
import io.busyhour.projection.change.TimerChange.Timer;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Timers of a dialer's requests: what starts and what stops one is matched by its request's id. */
public final class Timers implements Rows {
  private static final String DONE =
      OldRows.nothingIn("r.counted.due")
          + " and (r.counted.responseReceivedAt is null"
          + " or r.counted.responseReceivedAt < :before)";
  private static final Set<Correction> NO_CORRECTION = Set.of();

  private final EntityManager em;
  private final RowsById<TimerRow> rows;
  private final SettleQueue waiting;
  private final Patience patience;

  /** Timers within the transaction of an entity manager. */
  public Timers(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.rows = new RowsById<>(em, TimerRow.class, row -> row.requestId);
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
        .forEach(row -> waiting.put(Kind.TIMER, (String) row[1], (Long) row[0]));
  }

  @Override
  public void prepare(List<Entry> entries) {
    rows.prepare(
        entries.stream()
            .flatMap(entry -> entry.delivery().occurrences().stream())
            .map(occurrence -> requestId(occurrence.event()))
            .filter(Objects::nonNull));
  }

  /** The request that an event is about, or null if it is about none. */
  private static String requestId(Event event) {
    return switch (event) {
      case Requested said -> said.requestId();
      case Responded said -> said.requestId();
      default -> null;
    };
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    String requestId = requestId(occurrence.event());
    if (requestId == null) {
      return;
    }
    TimerRow row = rows.find(requestId);
    Timer before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new TimerRow(requestId);
      rows.add(row);
    }
    long now = Micros.of(entry.receivedAt());
    row.merge((DialerEvent) occurrence.event(), Micros.of(occurrence.time()), now);
    Timer after = row.toRecord();
    tell(row, after, now, row.counted.corrections(before, after), changes);
  }

  private void tell(
      TimerRow row, Timer after, long now, Set<Correction> corrections, Fold changes) {
    Set<Contribution> counted = row.count(now, patience.settleMicros(), patience.timerMicros());
    Long due = row.counted.due;
    waiting.put(Kind.TIMER, row.requestId, due);
    if (!counted.isEmpty() || !corrections.isEmpty()) {
      changes.on(new TimerChange(after, counted, row.countingLabels(), corrections));
    }
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    TimerRow row = rows.find(id);
    if (row != null && row.counted.due != null && row.counted.due <= nowMicros) {
      tell(row, row.toRecord(), nowMicros, NO_CORRECTION, changes);
    }
  }

  @Override
  public int forget(long beforeMicros, int most) {
    return OldRows.delete(em, TimerRow.class, "firstReceivedAt", DONE, beforeMicros, most);
  }
}
