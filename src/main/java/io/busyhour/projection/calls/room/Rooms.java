package io.busyhour.projection.calls.room;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.RoomEvent;
import io.busyhour.event.RoomEvent.Joined;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.call.Calls;
import io.busyhour.projection.calls.call.Supposed;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.OldRows;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.RowsById;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rooms, and what follows from them for calls: those in them are told at once, and again when more
 * becomes known. A room in which there was no call, but a user, is a call itself; that can be told
 * only after its end.
 */
public final class Rooms implements Rows {
  private static final String DONE =
      OldRows.nothingIn("r.due") + " and (r.finishedAt is null or r.finishedAt < :before)";
  // A room that is empty is ended soon by its platform; if that was not heard of, it ended so.
  private static final long DESERTED = Duration.ofMinutes(10).toNanos() / 1000;

  private final EntityManager em;
  private final RowsById<RoomRow> rows;
  private final SettleQueue waiting;
  private final long settleMicros;
  private final Calls calls;

  /** Rooms within the transaction of an entity manager, and the calls that may be in them. */
  public Rooms(EntityManager em, SettleQueue waiting, Patience patience, Calls calls) {
    this.em = em;
    this.rows = new RowsById<>(em, RoomRow.class, row -> row.roomId);
    this.waiting = waiting;
    this.settleMicros = patience.settleMicros();
    this.calls = calls;
  }

  @Override
  public Kind kind() {
    return Kind.ROOM;
  }

  @Override
  public void restore() {
    em.createQuery("select r.due, r.roomId from Room r where r.due is not null", Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.ROOM, (String) row[1], (Long) row[0]));
  }

  @Override
  public void prepare(List<Entry> entries) {
    rows.prepare(
        entries.stream()
            .flatMap(entry -> entry.delivery().occurrences().stream())
            .map(o -> o.event() instanceof RoomEvent event ? event.roomId() : null)
            .filter(Objects::nonNull));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof RoomEvent event) || event.roomId() == null) {
      return;
    }
    String source = entry.delivery().key().source();
    long at = Micros.of(occurrence.time());
    long receivedAt = Micros.of(entry.receivedAt());
    RoomRow found = rows.find(event.roomId());
    RoomRow row = found == null ? new RoomRow(event.roomId(), source, at, receivedAt) : found;
    if (found == null) {
      rows.add(row);
    }
    // A call may be there only now, though the room knew of it before.
    String joins = event instanceof Joined joined ? joined.callId() : null;
    Calls.Receipt receipt = new Calls.Receipt(receivedAt, false, entry.position());
    change(row, () -> row.merge(event, source, at), joins, receipt, changes);
  }

  private void change(
      RoomRow row, Runnable what, String joins, Calls.Receipt receipt, Fold changes) {
    Map<String, Supposed> before = row.supposed();
    what.run();
    tell(row, before, joins, receipt, changes);
    row.await(receipt.micros(), settleMicros, DESERTED);
    waiting.put(Kind.ROOM, row.roomId, row.due);
  }

  private void tell(
      RoomRow row,
      Map<String, Supposed> before,
      String always,
      Calls.Receipt receipt,
      Fold changes) {
    row.supposed()
        .forEach(
            (call, supposed) -> {
              boolean said = supposed.equals(before.getOrDefault(call, Supposed.NOTHING));
              if (!said || call.equals(always)) {
                calls.suppose(call, supposed, receipt, changes);
              }
            });
  }

  /** There is a recording of a room, as was found out by a receipt time. */
  void recorded(String roomId, long receivedAt, Fold changes) {
    RoomRow row = rows.find(roomId);
    change(row, row::record, null, byTime(receivedAt), changes);
  }

  /** The call that somebody was when joining a room; null if that is not known. */
  String callOf(String roomId, String participantId) {
    RoomRow row = rows.find(roomId);
    return row == null ? null : row.callOf(participantId);
  }

  /** Somebody in a room is a call, as was found out by a receipt time. */
  void recognize(
      String roomId, String participantId, String callId, long receivedAt, Fold changes) {
    RoomRow row = rows.find(roomId);
    Calls.Receipt receipt = byTime(receivedAt);
    change(row, () -> row.recognize(participantId, callId), callId, receipt, changes);
  }

  /** What follows from the passing of time came with no entry. */
  private static Calls.Receipt byTime(long receivedAt) {
    return new Calls.Receipt(receivedAt, false, 0);
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    RoomRow row = rows.find(id);
    if (row == null || row.due == null || row.due > nowMicros) {
      return;
    }
    // Not the present time: when that is looked at is not the same in every run.
    Calls.Receipt receipt = new Calls.Receipt(row.due, true, 0);
    Roster.Talk talk = row.settled();
    Beginning beginning = row.beginning();
    hear(row, new CallEvent.Initiated(id, beginning), talk.startedAt(), receipt, changes);
    if (talk.answeredAt() != null) {
      CallEvent answered = new CallEvent.Answered(id, null, Beginning.UNKNOWN);
      hear(row, answered, talk.answeredAt(), receipt, changes);
    }
    hear(row, end(row, talk), talk.endedAt(), receipt, changes);
  }

  private void hear(RoomRow row, CallEvent event, long at, Calls.Receipt receipt, Fold changes) {
    calls.hear(event, row.source, at, receipt, changes);
  }

  private static CallEvent end(RoomRow row, Roster.Talk talk) {
    return new CallEvent.Ended(
        row.roomId,
        talk.answeredAt() == null ? Outcome.CANCELED : Outcome.COMPLETED,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        row.isRecorded() ? Boolean.TRUE : null,
        Beginning.UNKNOWN);
  }

  @Override
  public int forget(long beforeMicros, int most) {
    return OldRows.delete(em, RoomRow.class, "firstReceivedAt", DONE, beforeMicros, most);
  }
}
