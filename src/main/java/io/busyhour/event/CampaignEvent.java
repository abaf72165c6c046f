package io.busyhour.event;

import io.busyhour.event.field.Fields;

/** What happens to a dialing campaign and to the engine that runs it. */
public sealed interface CampaignEvent extends Event {

  /** The states of a campaign. */
  enum Status {
    /** Not started yet. */
    DRAFT,
    /** Dialing. */
    ACTIVE,
    /** Stopped for the time being. */
    PAUSED,
    /** All leads are done. */
    COMPLETED,
    /** Ended by its owner. */
    CANCELLED
  }

  /** {@code campaign.updated}: the campaign's state or its number of leads changed. */
  record Updated(String campaignId, String userId, Status status, Integer pendingLeads)
      implements CampaignEvent {
    static Updated read(Fields f) {
      return new Updated(
          f.need("campaign_id").text(),
          f.maybe("user_id").text(),
          f.maybe("status").oneOf(Status.class),
          f.maybe("pending_leads").count(0, Limits.MANY));
    }

    @Override
    public EventType type() {
      return EventType.CAMPAIGN_UPDATED;
    }
  }

  /** {@code campaign.processed}: the engine took this long, in seconds, to place one call. */
  record Processed(String campaignId, Double latencySeconds) implements CampaignEvent {
    static Processed read(Fields f) {
      return new Processed(
          f.need("campaign_id").text(), f.need("latency_seconds").real(0, Limits.MONTH_SECONDS));
    }

    @Override
    public EventType type() {
      return EventType.CAMPAIGN_PROCESSED;
    }
  }

  /** {@code campaign.polled}: one poll cycle of the engine took this long, in seconds. */
  record Polled(Double durationSeconds) implements CampaignEvent {
    static Polled read(Fields f) {
      return new Polled(f.need("duration_seconds").real(0, Limits.MONTH_SECONDS));
    }

    @Override
    public EventType type() {
      return EventType.CAMPAIGN_POLLED;
    }
  }
}
