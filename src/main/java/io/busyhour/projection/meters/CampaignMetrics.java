package io.busyhour.projection.meters;

import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.projection.change.CallChange.Counting;
import java.math.BigDecimal;
import java.util.Locale;

/** The {@code campaign_*} families of a dialing campaign's calls. For any thread. */
public final class CampaignMetrics {
  private final CounterFamily initiated;
  private final CounterFamily completed;
  private final CounterFamily failed;
  private final CounterFamily cost;
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

  /** Registers the families. */
  public CampaignMetrics(Meters meters) {
    initiated =
        meters.counter(
            "campaign_calls_initiated_total",
            "Calls that belong to a campaign.",
            "campaign_id",
            "user_id");
    completed =
        meters.counter(
            "campaign_calls_completed_total",
            "Ended calls of a campaign, every outcome; an answered, finished call is success.",
            "campaign_id",
            "user_id",
            "outcome");
    failed =
        meters.counter(
            "campaign_calls_failed_total",
            "Calls of a campaign that could not be placed or were failed by the network.",
            "campaign_id",
            "user_id",
            "error_type");
    cost =
        meters.counter(
            "campaign_cost_total",
            "What the calls of a campaign cost, in dollars.",
            "campaign_id",
            "user_id");
    duration =
        meters.histogram(
            "campaign_call_duration_seconds",
            "Talk time of a campaign's calls.",
            new double[] {10, 30, 60, 120, 300, 600, 1800},
            "campaign_id",
            "outcome");
    processing =
        meters.histogram(
            "campaign_processing_latency_seconds",
            "How long the campaign engine took to place a call.",
            new double[] {0.1, 0.5, 1, 2, 5, 10},
            "campaign_id");
    pollCycle =
        meters.histogram(
            "campaign_poll_cycle_duration_seconds",
            "How long a poll cycle of the campaign engine took.",
            new double[] {0.5, 1, 2, 5, 10, 30});
  }

  /** The word for an outcome in the label {@code outcome}: completed is success here. */
  static String outcome(Outcome outcome) {
    return outcome == Outcome.COMPLETED ? "success" : Words.of(outcome);
  }

  /** A call was found to belong to a campaign. */
  public void callInitiated(Counting campaign) {
    initiated.add(1, campaign.campaignId(), campaign.userId());
    // The series that this call will end in, so that their first increment is seen by rate().
    completed.touch(campaign.campaignId(), campaign.userId(), outcome(Outcome.COMPLETED));
    failed.touch(campaign.campaignId(), campaign.userId(), Words.of(ErrorType.SIP_ERROR));
  }

  /** A call of a campaign ended. */
  public void callCompleted(Counting campaign, Outcome outcome) {
    completed.add(1, campaign.campaignId(), campaign.userId(), outcome(outcome));
  }

  /** The talk time of a call, with the call as exemplar. */
  public void callDuration(
      Counting campaign, Outcome outcome, double seconds, Meters.Exemplar call) {
    duration.observe(seconds, call, campaign.campaignId(), outcome(outcome));
  }

  /** A call of a campaign could not be placed. */
  public void callFailed(Counting campaign, ErrorType errorType) {
    failed.add(1, campaign.campaignId(), campaign.userId(), Words.of(errorType));
  }

  /** What a call cost, in dollars. */
  public void callCost(Counting campaign, BigDecimal dollars) {
    cost.add(dollars, campaign.campaignId(), campaign.userId());
  }

  /** The engine took this long to place one call. */
  public void processed(String campaignId, double seconds) {
    processing.observe(seconds, campaignId);
  }

  /** One poll cycle took this long. */
  public void polled(double seconds) {
    pollCycle.observe(seconds);
  }
}
