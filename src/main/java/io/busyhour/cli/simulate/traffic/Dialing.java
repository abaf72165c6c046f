package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Requested;
import io.busyhour.event.DialerEvent.Responded;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.State;
import java.util.List;

/** What a dialer tells of its requests to the telephony provider, and of the agents it serves. */
final class Dialing {
  /** The share of requests that nobody ever answers. */
  private static final double UNANSWERED = 0.003;

  private static final double TRANSFERRED = 0.04;
  private static final double MEDIAN_WRAP_UP = 35;
  private static final List<String> PHONES = List.of("landline", "mobile", "voip");

  private final Campaign campaign;
  private final Dice dice;
  private final Story story;
  private final String callId;
  private final Agent agent;

  Dialing(Campaign campaign, Dice dice, Story story, String callId) {
    this.campaign = campaign;
    this.dice = dice;
    this.story = story;
    this.callId = callId;
    this.agent = campaign.hasAgents() ? Agent.any(campaign, dice) : null;
  }

  /** The contact is rung, and TwiML or an error is served. */
  void contact(Fate fate, double served) {
    Result result =
        switch (fate) {
          case COMPLETED, ABANDONED -> Result.ANSWERED;
          case BUSY, REJECTED -> Result.BUSY;
          case NO_ANSWER, CANCELED -> Result.REDIRECT;
          default -> Result.ERROR;
        };
    // Which kind of phone it is, is known of somebody who takes the call.
    String phone = result == Result.ANSWERED ? dice.pick(PHONES) : null;
    request("contact", Leg.CONTACT, 0, served, result, phone);
  }

  /** The agent talks, writes up, and waits for the next; some contacts are handed on. */
  void talk(double answered, double talk) {
    double done = answered + talk + dice.logNormal(MEDIAN_WRAP_UP, 0.5);
    if (agent != null && agent.isThere(story.at(answered), story.at(done))) {
      session(answered, State.ON_CALL);
      session(answered + talk, State.WRAP_UP);
      session(done, State.HOLD);
      if (dice.chance(0.3)) {
        double redirected = dice.logNormal(0.12, 0.5);
        request("caller", Leg.CALLER, done, done + redirected, Result.REDIRECT, null);
      }
    }
    if (dice.chance(TRANSFERRED)) {
      double asked = answered + talk * 0.6;
      double rung = dice.logNormal(4, 0.5);
      Result result = dice.chance(0.8) ? Result.ANSWERED : Result.BUSY;
      request("transfer", Leg.TRANSFER, asked, asked + rung, result, null);
    }
  }

  private void request(
      String name, Leg leg, double asked, double served, Result result, String phone) {
    String id = callId + "-" + name;
    story.tell(
        asked,
        new Requested(
            id,
            leg,
            campaign.account(),
            campaign.id(),
            campaign.dialing(),
            agent == null ? null : agent.session(story.at(asked)),
            agent == null ? null : agent.seat(),
            phone));
    if (!dice.chance(UNANSWERED)) {
      int status = result == Result.ERROR ? dice.pick(List.of(500, 502, 503, 400)) : 200;
      story.tell(served, new Responded(id, result, status));
    }
  }

  private void session(double at, State state) {
    story.tell(at, agent.changed(story.at(at), state));
  }
}
