package io.busyhour.projection.change;

import java.util.Set;

/**
 * What one event, or the end of the time to wait for more, did to a call.
 *
 * @param before the call as it was, or null if it is new
 * @param after the call as it is
 * @param counted which contributions to counters are due now; each is due once in a call's life
 * @param counting the campaign and user that all counters of this call use
 * @param corrections which facts changed after they had been counted
 */
public record CallChange(
    CallRecord before,
    CallRecord after,
    Set<Contribution> counted,
    Counting counting,
    Set<Correction> corrections)
    implements Change {

  /** What a call adds to counters (DESIGN.md, "Settling"). */
  public enum Contribution {
    /** That it is inbound or outbound. */
    TYPE,
    /** That it belongs to a campaign. */
    CAMPAIGN,
    /** That it was attempted, on which trunk and to where. */
    ATTEMPT,
    /** How long it took until it rang. */
    PDD,
    /** That and how it ended. */
    END
  }

  /**
   * The label values that a call is counted under from its first contribution on; null where
   * unknown.
   */
  public record Counting(String campaignId, String userId) {}

  /** A fact that changed too late for the counters. */
  public enum Correction {
    /** Another final state stands. */
    OUTCOME,
    /** Another talk time. */
    DURATION,
    /** The other direction. */
    DIRECTION,
    /** Another cost. */
    COST,
    /** Another campaign or user. */
    CAMPAIGN,
    /** Another account, trunk, provider, zone or country. */
    ROUTE,
    /** Another post-dial delay. */
    PDD,
    /** A callback came that had been counted as missing. */
    CALLBACK
  }
}
