package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.RowsById;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallChange.Correction;
import io.busyhour.projection.change.CallRecord;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;

/** Calls, and what they add to counters once its facts are complete. */
public final class Calls implements Rows {
  private final EntityManager em;
  private final RowsById<CallRow> rows;
  private final SettleQueue waiting;
  private final long settleMicros;

  /** Calls within the transaction of an entity manager. */
  public Calls(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.rows = new RowsById<>(em, CallRow.class, row -> row.callId);
    this.waiting = waiting;
    this.settleMicros = patience.settleMicros();
  }

  @Override
  public Kind kind() {
    return Kind.CALL;
  }

  @Override
  public void restore() {
    em.createQuery(
            "select c.counted.due, c.callId from Call c"
                + " where c.openSince is not null and c.counted.due is not null",
            Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.CALL, (String) row[1], (Long) row[0]));
  }

  @Override
  public void prepare(List<Entry> entries) {
    rows.prepare(
        entries.stream()
            .flatMap(entry -> entry.delivery().occurrences().stream())
            .map(Occurrence::event)
            .filter(CallEvent.class::isInstance)
            .map(event -> ((CallEvent) event).callId()));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof CallEvent event)) {
      return;
    }
    String source = entry.delivery().key().source();
    CallRow row = rows.find(event.callId());
    CallRecord before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new CallRow(event.callId(), source);
      rows.add(row);
    }
    long receivedAt = Micros.of(entry.receivedAt());
    row.merge(event, source, Micros.of(occurrence.time()), receivedAt);
    boolean isEnd = event instanceof CallEvent.Ended;
    row.counted.heard(receivedAt, entry.delivery().wholeBeginning(), isEnd);
    CallRecord after = row.toRecord();
    Set<Correction> corrections = row.counted.corrections(before, after);
    changes.on(change(row, before, after, receivedAt, corrections));
  }

  private CallChange change(
      CallRow row, CallRecord before, CallRecord after, long now, Set<Correction> corrections) {
    Set<Contribution> counted = row.count(after, now, settleMicros);
    waiting.put(Kind.CALL, row.callId, row.counted.due);
    return new CallChange(before, after, counted, row.counted.counting(), corrections);
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    CallRow row = rows.find(id);
    if (row != null && row.counted.due != null && row.counted.due <= nowMicros) {
      CallRecord before = row.toRecord();
      row.release(nowMicros, settleMicros);
      CallRecord after = row.toRecord();
      Set<Correction> corrections = row.counted.corrections(before, after);
      changes.on(change(row, before, after, nowMicros, corrections));
    }
  }
}
