package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.DialerEvent.SessionChanged;
import io.busyhour.event.DialerEvent.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who talks for a campaign: in one session after the other, all of the same length.
 *
 * @param campaign whose calls are taken
 * @param number which of the campaign's agents this is, from 0
 */
public record Agent(Campaign campaign, int number) {
  private static final int AGENTS = 6;
  private static final long SESSION_SECONDS = Duration.ofMinutes(30).toSeconds();

  /** The agents of a campaign; none where software talks. */
  public static List<Agent> of(Campaign campaign) {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS && campaign.hasAgents(); i++) {
      agents.add(new Agent(campaign, i));
    }
    return agents;
  }

  static Agent any(Campaign campaign, Dice dice) {
    return new Agent(campaign, dice.below(AGENTS));
  }

  /** What the session of a time does then. */
  public SessionChanged changed(Instant at, State state) {
    return new SessionChanged(
        session(at), state, campaign.account(), campaign.id(), campaign.dialing());
  }

  /** The id of the session that goes on at a time. */
  String session(Instant at) {
    return "CS-%s-%d-%s".formatted(campaign.id(), number, Long.toString(shift(at), 36));
  }

  /** Whether one session goes on from one time to another. */
  public boolean isThere(Instant from, Instant to) {
    return shift(from) == shift(to);
  }

  /** Where the agent sits. */
  String seat() {
    return number % 3 == 0 ? "phone" : "webui";
  }

  /** Sessions do not all begin at the same minute. */
  private long shift(Instant at) {
    long offset = SESSION_SECONDS * number / AGENTS;
    return Math.floorDiv(at.getEpochSecond() + offset, SESSION_SECONDS);
  }
}
