package io.busyhour.projection.calls.account;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.change.AccountChange;
import io.busyhour.projection.change.AccountRecord;
import jakarta.persistence.EntityManager;

/** Accounts. */
public final class Accounts implements Rows {
  private final EntityManager em;

  /** Accounts within the transaction of an entity manager. */
  public Accounts(EntityManager em) {
    this.em = em;
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof AccountEvent.Updated event)) {
      return;
    }
    AccountRow row = em.find(AccountRow.class, event.account());
    AccountRecord before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new AccountRow(event.account());
      em.persist(row);
    }
    row.merge(event, Micros.of(occurrence.time()));
    changes.on(new AccountChange(before, row.toRecord()));
  }
}
