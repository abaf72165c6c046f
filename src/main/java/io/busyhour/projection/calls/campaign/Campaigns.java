package io.busyhour.projection.calls.campaign;

import io.busyhour.event.CampaignEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.change.CampaignChange;
import io.busyhour.projection.change.CampaignRecord;
import jakarta.persistence.EntityManager;

/** Campaigns. */
public final class Campaigns implements Rows {
  private final EntityManager em;

  /** Campaigns within the transaction of an entity manager. */
  public Campaigns(EntityManager em) {
    this.em = em;
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof CampaignEvent.Updated event)) {
      return;
    }
    CampaignRow row = em.find(CampaignRow.class, event.campaignId());
    CampaignRecord before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new CampaignRow(event.campaignId());
      em.persist(row);
    }
    row.merge(event, Micros.of(occurrence.time()), Micros.of(entry.receivedAt()));
    changes.on(new CampaignChange(before, row.toRecord()));
  }
}
