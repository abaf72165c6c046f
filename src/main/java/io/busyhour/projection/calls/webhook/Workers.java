package io.busyhour.projection.calls.webhook;

import io.busyhour.event.Occurrence;
import io.busyhour.event.WebhookEvent;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.OldRows;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.change.WorkerChange;
import jakarta.persistence.EntityManager;

/** Outside webhook workers. */
public final class Workers implements Rows {
  private static final String DONE = "r.heartbeatAt < :before";
  private final EntityManager em;

  /** Workers within the transaction of an entity manager. */
  public Workers(EntityManager em) {
    this.em = em;
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof WebhookEvent.Worker said)) {
      return;
    }
    WorkerRow row = em.find(WorkerRow.class, said.workerId());
    if (row == null) {
      row = new WorkerRow(said.workerId());
      em.persist(row);
    }
    if (row.merge(said, Micros.of(occurrence.time()), Micros.of(entry.receivedAt()))) {
      changes.on(new WorkerChange(row.toRecord()));
    }
  }

  @Override
  public int forget(long beforeMicros, int most) {
    return OldRows.delete(em, WorkerRow.class, "seenAt", DONE, beforeMicros, most);
  }
}
