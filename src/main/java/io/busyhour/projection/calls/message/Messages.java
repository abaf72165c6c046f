package io.busyhour.projection.calls.message;

import io.busyhour.event.MessageEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Rows;
import jakarta.persistence.EntityManager;

/** Messages. */
public final class Messages implements Rows {
  private final EntityManager em;

  /** Messages within the transaction of an entity manager. */
  public Messages(EntityManager em) {
    this.em = em;
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof MessageEvent event)) {
      return;
    }
    MessageRow row = em.find(MessageRow.class, event.messageId());
    if (row == null) {
      row = new MessageRow(event.messageId());
      em.persist(row);
    }
    row.merge(event, Micros.of(occurrence.time()));
  }
}
