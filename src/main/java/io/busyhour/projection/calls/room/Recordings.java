package io.busyhour.projection.calls.room;

import io.busyhour.event.Occurrence;
import io.busyhour.event.RoomEvent.Recorded;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import jakarta.persistence.EntityManager;

/**
 * Recordings of which only the name of their room was said: many rooms have the same name one after
 * the other, so which one it was is looked up when all is known that was sent at that time.
 */
public final class Recordings implements Rows {
  private final EntityManager em;
  private final SettleQueue waiting;
  private final long settleMicros;
  private final Rooms rooms;

  /** Recordings within the transaction of an entity manager, and the rooms that they may be of. */
  public Recordings(EntityManager em, SettleQueue waiting, Patience patience, Rooms rooms) {
    this.em = em;
    this.waiting = waiting;
    this.settleMicros = patience.settleMicros();
    this.rooms = rooms;
  }

  @Override
  public Kind kind() {
    return Kind.RECORDING;
  }

  @Override
  public void restore() {
    em.createQuery("select r.due, r.id from WaitingRecording r", Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.RECORDING, (String) row[1], (Long) row[0]));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof Recorded said)
        || said.roomId() != null
        || said.roomName() == null) {
      return;
    }
    if (em.find(WaitingRecording.class, said.recordingId()) == null) {
      long due = Micros.of(entry.receivedAt()) + settleMicros;
      long at = Micros.of(occurrence.time());
      em.persist(new WaitingRecording(said.recordingId(), said.roomName(), at, due));
      waiting.put(Kind.RECORDING, said.recordingId(), due);
    }
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    WaitingRecording row = em.find(WaitingRecording.class, id);
    if (row == null || row.due > nowMicros) {
      return;
    }
    em.flush(); // the room may be one of this transaction's
    em.createQuery(
            "select r.roomId from Room r where r.roomName = :name and r.firstEventAt <= :at"
                + " order by r.firstEventAt desc, r.roomId",
            String.class)
        .setParameter("name", row.roomName)
        .setParameter("at", row.recordedAt)
        .setMaxResults(1)
        .getResultList()
        .forEach(room -> rooms.recorded(room, row.due, changes));
    em.remove(row);
  }
}
