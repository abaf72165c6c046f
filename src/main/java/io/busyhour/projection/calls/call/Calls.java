package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CallbackEvent;
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
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallChange.Correction;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.CallbacksMissing;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Calls, and what they add to counters once its facts are complete. */
public final class Calls implements Rows {
  private static final String DONE =
      OldRows.nothingIn("r.openSince")
          + " and r.lastEventAt < :before"
          + " and (r.counted.endReceivedAt is null or r.counted.endReceivedAt < :before)";
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
    switch (occurrence.event()) {
      case CallEvent event -> apply(entry, event, occurrence.time(), changes);
      case CallbackEvent.TwilioCall callback -> hear(entry, callback, changes);
      default -> {
        // Not about a call.
      }
    }
  }

  private void apply(Entry entry, CallEvent event, Instant time, Fold changes) {
    String source = entry.delivery().key().source();
    long receivedAt = Micros.of(entry.receivedAt());
    long at = Micros.of(time);
    boolean whole = entry.delivery().wholeBeginning();
    hear(event, source, at, new Receipt(receivedAt, whole, entry.position()), changes);
  }

  /**
   * How an event came.
   *
   * @param micros when it was received
   * @param wholeBeginning see {@link io.busyhour.event.Delivery}
   * @param position the entry that it came with; 0 for what follows from the passing of time
   */
  public record Receipt(long micros, boolean wholeBeginning, long position) {}

  /** Takes in one event of a call, also of what other rows know of it; times in microseconds. */
  public void hear(CallEvent event, String source, long at, Receipt receipt, Fold changes) {
    CallRow row = rows.find(event.callId());
    CallRecord before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new CallRow(event.callId(), source);
      rows.add(row);
    }
    row.merge(event, source, at, receipt.micros());
    boolean isEnd =
        event instanceof CallEvent.Ended
            || (event instanceof CallEvent.Reaped && row.release.isReaped());
    row.counted.heard(receipt.micros(), receipt.wholeBeginning(), isEnd);
    row.entries.add(receipt.position());
    tell(row, before, receipt.micros(), changes);
  }

  /** Takes in what follows for a call from its room, if there is such a call. */
  public void suppose(String callId, Supposed supposed, Receipt receipt, Fold changes) {
    CallRow row = rows.find(callId);
    if (row != null) {
      CallRecord before = row.toRecord();
      row.suppose(supposed, receipt.micros());
      row.entries.add(receipt.position());
      tell(row, before, receipt.micros(), changes);
    }
  }

  /**
   * A callback stands behind what it says of its call. One that says nothing that is known, of a
   * call that nobody spoke of, is no call.
   */
  private void hear(Entry entry, CallbackEvent.TwilioCall callback, Fold changes) {
    CallRow row = callback.sequence() == null ? null : rows.find(callback.callId());
    if (row != null) {
      long receivedAt = Micros.of(entry.receivedAt());
      String source = entry.delivery().key().source();
      boolean wasMissing = row.callbacks.heard(source, callback.sequence(), receivedAt);
      row.entries.add(entry.position());
      Set<Correction> corrections = wasMissing ? Set.of(Correction.CALLBACK) : Set.of();
      tell(row, row.toRecord(), receivedAt, corrections, changes);
    }
  }

  private void tell(CallRow row, CallRecord before, long now, Fold changes) {
    tell(row, before, now, row.counted.corrections(before, row.toRecord()), changes);
  }

  /** Has what is due now counted, and the rest wait. */
  private void tell(
      CallRow row, CallRecord before, long now, Set<Correction> corrections, Fold changes) {
    int missing = row.countMissingCallbacks(now, settleMicros);
    if (missing > 0) {
      changes.on(new CallbacksMissing(row.callbacks.source, missing));
    }
    CallRecord after = row.toRecord();
    Set<Contribution> counted = row.count(after, now, settleMicros);
    waiting.put(Kind.CALL, row.callId, row.counted.due);
    changes.on(new CallChange(before, after, counted, row.counted.counting(), corrections));
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    CallRow row = rows.find(id);
    if (row != null && row.counted.due != null && row.counted.due <= nowMicros) {
      CallRecord before = row.toRecord();
      row.release(nowMicros, settleMicros);
      tell(row, before, nowMicros, changes);
    }
  }

  @Override
  public int forget(long beforeMicros, int most) {
    return OldRows.delete(em, CallRow.class, "counted.firstReceivedAt", DONE, beforeMicros, most);
  }
}
