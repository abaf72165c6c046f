package io.busyhour.projection.change;

import java.util.Set;

/**
 * What one event, or the end of the time to wait for more, did to a message.
 *
 * @param before the message as it was, or null if it is new
 * @param after the message as it is
 * @param counted which contributions to counters are due now; each is due once in a message's life
 * @param corrections which facts changed after they had been counted
 */
public record MessageChange(
    MessageRecord before,
    MessageRecord after,
    Set<Contribution> counted,
    Set<Correction> corrections)
    implements Change {

  /** What a message adds to counters (DESIGN.md, "Settling"). */
  public enum Contribution {
    /** That it began its way. */
    PENDING,
    /** That it arrived. */
    DELIVERED,
    /** That it did not. */
    FAILED,
    /** Why it did not. */
    ERROR,
    /** In how many parts it goes. */
    SEGMENTS,
    /** How long it took to arrive. */
    LATENCY
  }

  /** A fact that changed too late for the counters. */
  public enum Correction {
    /** Another account, campaign, carrier or direction. */
    MESSAGE_LABELS,
    /** Another error code. */
    MESSAGE_ERROR,
    /** Another number of segments. */
    MESSAGE_SEGMENTS,
    /** Another time of sending or of delivery. */
    MESSAGE_LATENCY
  }
}
