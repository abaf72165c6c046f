package io.busyhour.projection.calls.dialer;

import io.busyhour.event.DialerEvent.SessionChanged;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.OldRows;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import io.busyhour.projection.change.SessionChange;
import io.busyhour.projection.change.SessionChange.Session;
import jakarta.persistence.EntityManager;

/**
 * Caller sessions. One of which nothing was received for long counts no more, so that a lost end
 * does not leave it for ever; by receipt time, so that a replay comes to the same.
 */
public final class Sessions implements Rows {
  private static final String DONE = OldRows.nothingIn("r.due") + " and r.lastReceivedAt < :before";
  private final EntityManager em;
  private final SettleQueue waiting;
  private final long idleMicros;

  /** Caller sessions within the transaction of an entity manager. */
  public Sessions(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.waiting = waiting;
    this.idleMicros = patience.idleMicros();
  }

  @Override
  public Kind kind() {
    return Kind.SESSION;
  }

  @Override
  public void restore() {
    em.createQuery(
            "select s.due, s.callerSessionId from CallerSession s where s.due is not null",
            Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.SESSION, (String) row[1], (Long) row[0]));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof SessionChanged said)) {
      return;
    }
    SessionRow row = em.find(SessionRow.class, said.callerSessionId());
    Session before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new SessionRow(said.callerSessionId());
      em.persist(row);
    }
    row.merge(said, Micros.of(occurrence.time()), Micros.of(entry.receivedAt()));
    if (row.due == null) {
      look(row); // else it is looked at when it was to be: a busy session waits once, not always
    }
    changes.on(new SessionChange(before, row.toRecord()));
  }

  private void look(SessionRow row) {
    row.due(row.lastReceivedAt + idleMicros);
    waiting.put(Kind.SESSION, row.callerSessionId, row.due);
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    SessionRow row = em.find(SessionRow.class, id);
    if (row == null || row.due == null || row.due > nowMicros) {
      return;
    }
    if (row.lastReceivedAt + idleMicros > nowMicros) {
      look(row);
      return;
    }
    Session before = row.toRecord();
    row.due(null);
    changes.on(new SessionChange(before, null));
  }

  @Override
  public int forget(long beforeMicros, int most) {
    return OldRows.delete(em, SessionRow.class, "firstReceivedAt", DONE, beforeMicros, most);
  }
}
