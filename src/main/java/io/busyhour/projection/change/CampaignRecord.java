package io.busyhour.projection.change;

import io.busyhour.event.CampaignEvent.Status;

/**
 * What is known about one campaign: the latest of each fact by event time.
 *
 * @param pendingLeads leads not yet dialed, or null
 */
public record CampaignRecord(
    String campaignId, String userId, Status status, Integer pendingLeads) {

  /** Tells whether the campaign is dialing. */
  public boolean isActive() {
    return status == Status.ACTIVE;
  }
}
