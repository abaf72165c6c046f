package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.CallEvent.Direction;

/**
 * A dialing campaign, or a line that is called.
 *
 * @param id what it is called
 * @param account whose it is
 * @param userId who runs it
 * @param direction which way its calls go
 * @param weight its share of all calls when it is busiest
 * @param answerRate share of the calls that reach the far end and are answered, 0 to 1
 * @param machineRate share of the answered calls that a machine takes
 * @param talkSeconds median talk time with a person
 * @param voiceAgent whether software talks, which reports latencies and keeps a transcript
 * @param leads how many people are on its list at the beginning
 * @param day how busy it is from hour to hour
 */
public record Campaign(
    String id,
    String account,
    String userId,
    Direction direction,
    double weight,
    double answerRate,
    double machineRate,
    double talkSeconds,
    boolean voiceAgent,
    int leads,
    DailyShape day) {
  private static final double PREVIEWED_FROM_SECONDS = 90;

  /** Whether people talk, and not software. */
  boolean hasAgents() {
    return !voiceAgent;
  }

  /** How a dialer works the list: the longer people talk, the more carefully; null without one. */
  String dialing() {
    if (!isOutbound()) {
      return null;
    }
    if (voiceAgent) {
      return "power";
    }
    return talkSeconds < PREVIEWED_FROM_SECONDS ? "predictive" : "preview";
  }

  /** Whether the account calls; otherwise it is called. */
  public boolean isOutbound() {
    return direction == Direction.OUTBOUND;
  }
}
