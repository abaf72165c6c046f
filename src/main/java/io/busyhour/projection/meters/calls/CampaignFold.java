package io.busyhour.projection.meters.calls;

import io.busyhour.event.CampaignEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallChange.Counting;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.CampaignChange;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.meters.CampaignMetrics;
import io.busyhour.projection.meters.CampaignMetrics.ErrorType;

/** What campaigns and their calls add to the {@code campaign_*} families. */
public final class CampaignFold implements Fold {
  private final CampaignMetrics metrics;

  /** Counts by these metrics. */
  public CampaignFold(CampaignMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case CampaignEvent.Processed e ->
          metrics.recordProcessing(e.campaignId(), e.latencySeconds());
      case CampaignEvent.Polled e -> metrics.recordPollCycle(e.durationSeconds());
      default -> {
        // Not a campaign's.
      }
    }
  }

  @Override
  public void on(Change change) {
    switch (change) {
      case CallChange call -> on(call);
      case CampaignChange campaign -> on(campaign);
      default -> {
        // No row that is counted here.
      }
    }
  }

  private void on(CallChange change) {
    if (change.counted().contains(Contribution.CAMPAIGN)) {
      Counting campaign = change.counting();
      metrics.recordCallInitiated(campaign.campaignId(), campaign.userId());
    }
    if (change.counted().contains(Contribution.END) && change.counting().campaignId() != null) {
      end(change.after(), change.counting());
    }
  }

  private void end(CallRecord call, Counting campaign) {
    CallRecord.End end = call.end();
    String campaignId = campaign.campaignId();
    String outcome = CampaignMetrics.outcome(end.outcome());
    metrics.recordCallCompleted(campaignId, campaign.userId(), outcome);
    if (call.talkSeconds() != null) {
      Exemplar who = new Exemplar("call_id", call.callId(), call.times().ended());
      metrics.recordTalkTime(campaignId, outcome, call.talkSeconds(), who);
    }
    if (end.outcome() == Outcome.FAILED || (end.outcome() == Outcome.TIMEOUT && !end.reaped())) {
      metrics.recordCallFailed(
          campaignId,
          campaign.userId(),
          ErrorType.of(end.errorType(), end.outcome(), end.sipCode()));
    }
    if (end.cost() != null && isDollars(end.currency())) {
      metrics.recordCost(campaignId, campaign.userId(), end.cost());
    }
  }

  /** The family is in dollars: a cost in another currency cannot be added to it. */
  private static boolean isDollars(String currency) {
    return currency == null || currency.equalsIgnoreCase("USD");
  }

  private void on(CampaignChange change) {
    if (change.after().pendingLeads() != null) {
      metrics.updatePendingLeads(change.after().campaignId(), change.after().pendingLeads());
    }
  }
}
