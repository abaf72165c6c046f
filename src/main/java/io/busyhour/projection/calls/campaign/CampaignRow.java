package io.busyhour.projection.calls.campaign;

import io.busyhour.event.CampaignEvent;
import io.busyhour.event.CampaignEvent.Status;
import io.busyhour.projection.calls.facts.Fact;
import io.busyhour.projection.calls.facts.Stamps;
import io.busyhour.projection.change.CampaignRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of one campaign: of each fact, what was said last by event time. */
@Entity(name = "Campaign")
@Table(name = "campaigns")
class CampaignRow {
  @Id
  @Column(name = "campaign_id")
  String campaignId;

  String stamps;

  @Column(name = "user_id")
  String userId;

  @Enumerated(EnumType.STRING)
  Status status;

  @Column(name = "pending_leads")
  Integer pendingLeads;

  @Column(name = "last_received_at")
  Long lastReceivedAt;

  /** For the persistence provider. */
  protected CampaignRow() {}

  CampaignRow(String campaignId) {
    this.campaignId = campaignId;
  }

  void merge(CampaignEvent.Updated event, long at, long receivedAt) {
    Stamps merging = Stamps.parse(stamps);
    userId = merging.merge(Fact.CAMPAIGN_USER, userId, event.userId(), at);
    status = merging.merge(Fact.STATUS, status, event.status(), at);
    pendingLeads = merging.merge(Fact.PENDING_LEADS, pendingLeads, event.pendingLeads(), at);
    stamps = merging.toString();
    lastReceivedAt = receivedAt;
  }

  CampaignRecord toRecord() {
    return new CampaignRecord(campaignId, userId, status, pendingLeads);
  }
}
