package io.busyhour.projection.calls.room;

import io.busyhour.event.CallEvent.Released;
import io.busyhour.event.Occurrence;
import io.busyhour.event.RoomEvent.CallLeft;
import io.busyhour.event.RoomEvent.Joined;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.call.Calls;
import io.busyhour.projection.calls.call.Calls.Receipt;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import jakarta.persistence.EntityManager;

/**
 * Ends of calls that may have had another id when they joined their room: who joined tells which
 * call it is. If that was not heard of in time, it is the one that is said with the end.
 */
public final class Ends implements Rows {
  private final EntityManager em;
  private final SettleQueue waiting;
  private final long settleMicros;
  private final Rooms rooms;
  private final Calls calls;

  /** Ends within the transaction of an entity manager, the rooms that know more, and the calls. */
  public Ends(EntityManager em, SettleQueue waiting, Patience patience, Rooms rooms, Calls calls) {
    this.em = em;
    this.waiting = waiting;
    this.settleMicros = patience.settleMicros();
    this.rooms = rooms;
    this.calls = calls;
  }

  @Override
  public Kind kind() {
    return Kind.END;
  }

  @Override
  public void restore() {
    em.createQuery("select e.receivedAt, e.participantId from WaitingEnd e", Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.END, (String) row[1], (Long) row[0] + settleMicros));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    Receipt receipt = new Receipt(Micros.of(entry.receivedAt()), false, entry.position());
    switch (occurrence.event()) {
      case CallLeft said -> {
        String source = entry.delivery().key().source();
        long at = Micros.of(occurrence.time());
        left(new WaitingEnd(said, source, at, receipt.micros()), said, receipt, changes);
      }
      case Joined said when said.callId() != null -> {
        WaitingEnd end = em.find(WaitingEnd.class, said.participantId());
        if (end != null) {
          tell(end, end.released(), said.callId(), receipt, changes);
          forget(end);
        }
      }
      default -> {}
    }
  }

  private void left(WaitingEnd end, CallLeft said, Receipt receipt, Fold changes) {
    String joinedAs = rooms.callOf(end.roomId, end.participantId);
    if (joinedAs != null) {
      tell(end, said.released(), joinedAs, receipt, changes);
    } else if (em.find(WaitingEnd.class, end.participantId) == null) {
      em.persist(end);
      waiting.put(Kind.END, end.participantId, end.receivedAt + settleMicros);
    }
  }

  private void tell(WaitingEnd end, Released said, String callId, Receipt receipt, Fold changes) {
    Released released =
        new Released(
            callId,
            said.outcome(),
            said.sipCode(),
            said.hangupSource(),
            said.wasTaken(),
            said.beginning());
    calls.hear(released, end.source, end.leftAt, receipt, changes);
  }

  private void forget(WaitingEnd end) {
    em.remove(end);
    waiting.put(Kind.END, end.participantId, null);
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    WaitingEnd end = em.find(WaitingEnd.class, id);
    if (end != null && end.receivedAt + settleMicros <= nowMicros) {
      long due = end.receivedAt + settleMicros;
      tell(end, end.released(), end.callId, new Receipt(due, false, 0), changes);
      rooms.recognize(end.roomId, id, end.callId, due, changes);
      em.remove(end);
    }
  }
}
