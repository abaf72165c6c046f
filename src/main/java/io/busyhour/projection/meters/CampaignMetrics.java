package io.busyhour.projection.meters;

import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.label.Buckets;
import io.busyhour.instrument.label.Label;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;

/**
 * The {@code campaign_*} families of a dialing campaign's calls: a bean that any application can
 * inject, and that Busyhour's own projection counts by. For any thread. What is counted once per
 * call of a method is annotated; amounts, times that were measured elsewhere and series that begin
 * at zero go to the meters directly. A method counts only when it is called on the injected bean.
 */
@Collector
public class CampaignMetrics {
  /** The label {@code outcome} of a call that was answered and came to its end. */
  public static final String SUCCESS = "success";

  private static final String INITIATED = "campaign_calls_initiated_total";
  private static final String COMPLETED = "campaign_calls_completed_total";
  private static final String FAILED = "campaign_calls_failed_total";
  private static final String PROCESSING = "campaign_processing_latency_seconds";
  private static final String COMPLETED_HELP =
      "Ended calls of a campaign, every outcome; an answered, finished call is success.";
  private static final String FAILED_HELP =
      "Calls of a campaign that could not be placed or were failed by the network.";
  private static final String PROCESSING_HELP =
      "How long the campaign engine took to place a call.";

  private final Meters meters;
  private final CounterFamily completed;
  private final CounterFamily failed;
  private final CounterFamily cost;
  private final GaugeFamily pendingLeads;
  private final HistogramFamily duration;
  private final HistogramFamily processing;
  private final HistogramFamily pollCycle;

  /** Why a call could not be placed, as the label {@code error_type} has it. */
  public enum ErrorType {
    /** The trunk is set up wrongly. */
    TRUNK_CONFIG_ERROR,
    /** The agent is set up wrongly. */
    AGENT_CONFIG_ERROR,
    /** Nothing answered in time. */
    TIMEOUT,
    /** The network refused: a SIP response of 400 or more. */
    SIP_ERROR,
    /** Anything else. */
    OTHER;

    /** The word of the label. */
    @Override
    public String toString() {
      return Words.of(this);
    }

    /** The kind of failure that a sender's own words, the outcome and the SIP code speak of. */
    public static ErrorType of(String words, Outcome outcome, Integer sipCode) {
      String said = words == null ? "" : words.toLowerCase(Locale.ROOT);
      if (said.contains("trunk")) {
        return TRUNK_CONFIG_ERROR;
      }
      if (said.contains("agent")) {
        return AGENT_CONFIG_ERROR;
      }
      if (said.contains("timeout") || outcome == Outcome.TIMEOUT) {
        return TIMEOUT;
      }
      return said.contains("sip") || (sipCode != null && sipCode >= 400) ? SIP_ERROR : OTHER;
    }
  }

  /** Registers the families that are not those of an annotation alone. */
  @Inject
  public CampaignMetrics(Meters meters) {
    this.meters = meters;
    completed = meters.counter(COMPLETED, COMPLETED_HELP, "campaign_id", "user_id", "outcome");
    failed = meters.counter(FAILED, FAILED_HELP, "campaign_id", "user_id", "error_type");
    cost =
        meters.counter(
            "campaign_cost_total",
            "What the calls of a campaign cost, in dollars.",
            "campaign_id",
            "user_id");
    pendingLeads =
        meters.gauge(
            "campaign_pending_leads", "Leads that a campaign has not dialed yet.", "campaign_id");
    duration =
        meters.histogram(
            "campaign_call_duration_seconds",
            "Talk time of a campaign's calls.",
            new double[] {10, 30, 60, 120, 300, 600, 1800},
            "campaign_id",
            "outcome");
    processing =
        meters.histogram(
            PROCESSING, PROCESSING_HELP, new double[] {0.1, 0.5, 1, 2, 5, 10}, "campaign_id");
    pollCycle =
        meters.histogram(
            "campaign_poll_cycle_duration_seconds",
            "How long a poll cycle of the campaign engine took.",
            new double[] {0.5, 1, 2, 5, 10, 30});
  }

  /** The word for an outcome in the label {@code outcome}: completed is success here. */
  public static String outcome(Outcome outcome) {
    return outcome == Outcome.COMPLETED ? SUCCESS : Words.of(outcome);
  }

  /** A call was placed for a campaign. */
  @Counted(name = INITIATED, absolute = true, description = "Calls that belong to a campaign.")
  public void recordCallInitiated(
      @Label("campaign_id") String campaignId, @Label("user_id") String userId) {
    // The series that this call will end in, so that their first increment is seen by rate().
    completed.touch(campaignId, userId, SUCCESS);
    failed.touch(campaignId, userId, ErrorType.SIP_ERROR.toString());
    pendingLeads.heardOf(campaignId);
  }

  /**
   * A call of a campaign ended.
   *
   * @param outcome {@link #SUCCESS}, busy, no_answer, canceled, failed, rejected, timeout or
   *     abandoned
   */
  @Counted(name = COMPLETED, absolute = true, description = COMPLETED_HELP)
  public void recordCallCompleted(
      @Label("campaign_id") String campaignId,
      @Label("user_id") String userId,
      @Label("outcome") String outcome) {
    // Counted by the annotation.
  }

  /**
   * A call of a campaign ended after so much talk.
   *
   * @param outcome as above
   */
  @Counted(name = COMPLETED, absolute = true, description = COMPLETED_HELP)
  public void recordCallCompleted(
      @Label("campaign_id") String campaignId,
      @Label("user_id") String userId,
      @Label("outcome") String outcome,
      Duration talkTime) {
    duration.observe(talkTime.toNanos() / 1e9, campaignId, outcome);
  }

  /** A call of a campaign could not be placed, or was failed by the network. */
  @Counted(name = FAILED, absolute = true, description = FAILED_HELP)
  public void recordCallFailed(
      @Label("campaign_id") String campaignId,
      @Label("user_id") String userId,
      @Label("error_type") ErrorType errorType) {
    // Counted by the annotation.
  }

  /** What a call cost, in dollars: summed up exactly. */
  public void recordCost(String campaignId, String userId, BigDecimal dollars) {
    cost.add(dollars, campaignId, userId);
  }

  /** The talk time of a call that was counted already, with the call as exemplar. */
  public void recordTalkTime(String campaignId, String outcome, double seconds, Exemplar call) {
    duration.observe(seconds, call, campaignId, outcome);
  }

  /** Does the work of placing one call, and times it; a stage is timed to its completion. */
  @Timed(name = PROCESSING, absolute = true, description = PROCESSING_HELP)
  @Buckets({0.1, 0.5, 1, 2, 5, 10})
  public <T> T timeProcessing(@Label("campaign_id") String campaignId, Callable<T> work)
      throws Exception {
    return work.call();
  }

  /** Placing one call took so long, as somebody else measured. */
  public void recordProcessing(String campaignId, double seconds) {
    processing.observe(seconds, campaignId);
  }

  /** Does one poll cycle of the campaign engine, and times it. */
  public <T> T timePollCycle(Callable<T> work) throws Exception {
    long start = System.nanoTime();
    try {
      return work.call();
    } finally {
      recordPollCycle(Math.round((System.nanoTime() - start) / 1e3) / 1e6);
    }
  }

  /** One poll cycle took so long, as somebody else measured. */
  public void recordPollCycle(double seconds) {
    pollCycle.observe(seconds);
  }

  /** So many leads of a campaign have not been dialed yet. */
  public void updatePendingLeads(String campaignId, int leads) {
    pendingLeads.set(leads, campaignId);
  }

  /**
   * A user has so many active campaigns. The server itself computes this family, and the next, of
   * its rows; they are for other applications.
   */
  public void updateActiveCampaigns(String userId, int campaigns) {
    meters
        .gauge("campaign_active_campaigns", "Campaigns in status active.", "user_id")
        .set(campaigns, userId);
  }

  /** So many calls of campaigns have not ended. */
  public void updateConcurrentCalls(int calls) {
    meters.gauge("campaign_concurrent_calls", "Campaign calls that have not ended.").set(calls);
  }
}
