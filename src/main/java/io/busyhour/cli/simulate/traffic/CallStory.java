package io.busyhour.cli.simulate.traffic;

import static io.busyhour.cli.simulate.traffic.Story.rounded;

import io.busyhour.event.CallEvent.Answered;
import io.busyhour.event.CallEvent.AnsweredBy;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Ended;
import io.busyhour.event.CallEvent.Initiated;
import io.busyhour.event.CallEvent.Latency;
import io.busyhour.event.CallEvent.LatencyKind;
import io.busyhour.event.CallEvent.Quality;
import io.busyhour.event.CallEvent.Ringing;
import io.busyhour.event.CallEvent.Zone;
import io.busyhour.event.CampaignEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.event.PlatformEvent.DipType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One call from its attempt to its end. */
final class CallStory {
  /** The share of calls whose end is never told: a worker died, a callback got lost. */
  private static final double LOST_END = 0.0002;

  private static final double RECORDED = 0.8;
  private static final double TRANSCRIBED = 0.98;
  private static final double ABANDONED = 0.02;
  private static final double ASKED_FOR_BY_API = 0.4;
  private static final double LOOKED_AT_BY_API = 0.1;
  private static final double PORTED_PERHAPS = 0.6;
  private static final int MAX_TURNS = 3;
  private static final List<String> SIDES = List.of("caller", "callee");

  /** How calls end that reach the far end and are not taken, in percent. */
  private static final Map<Fate, Integer> UNANSWERED =
      new EnumMap<>(Map.of(Fate.NO_ANSWER, 68, Fate.BUSY, 18, Fate.CANCELED, 9, Fate.REJECTED, 5));

  private final Campaign campaign;
  private final Trunk trunk;
  private final Dice dice;
  private final Story story;
  private final String callId;
  private final Beginning beginning;
  private final Dialing dialing;

  private CallStory(Campaign campaign, Trunk trunk, Instant beginning, Dice dice) {
    this.campaign = campaign;
    this.trunk = trunk;
    this.dice = dice;
    this.story = new Story(beginning);
    this.callId = "CA" + dice.hex(32);
    this.beginning = beginning();
    this.dialing = new Dialing(campaign, dice, story, callId);
  }

  /** What happens in a call of this campaign on this trunk. */
  static List<Occurrence> of(Campaign campaign, Trunk trunk, Instant beginning, Dice dice) {
    CallStory call = new CallStory(campaign, trunk, beginning, dice);
    call.tell();
    return call.story.occurrences();
  }

  private void tell() {
    Fate fate = fate();
    story.tell(0, new Initiated(callId, beginning));
    place();
    double pdd = rounded(Math.max(60, dice.logNormal(trunk.pddMillis(), 0.45)), 0);
    double heard = pdd / 1_000;
    if (fate.rings()) {
      story.tell(heard, new Ringing(callId, pdd, Beginning.UNKNOWN));
    }
    double picked = heard + ringSeconds(fate);
    if (campaign.isOutbound()) {
      dialing.contact(fate, picked);
    }
    double talk = fate.isAnswered() ? conversation(fate, picked) : 0;
    if (!dice.chance(LOST_END)) {
      story.tell(picked + talk, fate.isAnswered() ? taken(fate, talk) : untaken(fate));
      follow(fate, picked + talk, talk);
    }
  }

  /** What goes on before the network hears of the call. */
  private void place() {
    if (!campaign.isOutbound()) {
      boolean tollFree = beginning.to().equals(Numbers.TOLL_FREE);
      PlatformStory.lookup(story, 0, tollFree ? DipType.CIC : DipType.CNAM, dice);
      return;
    }
    double placing = rounded(dice.logNormal(0.35, 0.7), 3);
    story.tell(placing, new CampaignEvent.Processed(campaign.id(), placing));
    if (dice.chance(ASKED_FOR_BY_API)) {
      PlatformStory.request(story, 0, campaign.account(), "POST", "/v2/calls", dice);
    }
    if (dice.chance(PORTED_PERHAPS)) {
      PlatformStory.lookup(story, 0, DipType.LRN, dice);
    }
  }

  /** What follows when the call has ended. */
  private void follow(Fate fate, double ended, double talk) {
    HookStory.tell(story, ended, campaign.account(), "call.ended", dice);
    if (fate.isAnswered()) {
      Zone zone = Numbers.zone(beginning.from(), beginning.to());
      double rated = ended + dice.logNormal(1.5, 0.6);
      story.tell(rated, Tariff.call(campaign, trunk, callId, zone, talk));
    }
    if (dice.chance(LOOKED_AT_BY_API)) {
      double at = ended + dice.exponential(10);
      PlatformStory.request(story, at, campaign.account(), "GET", "/v2/calls/" + callId, dice);
    }
  }

  private Fate fate() {
    if (dice.chance(trunk.failureRate())) {
      return dice.pick(trunk.failures());
    }
    if (dice.chance(campaign.answerRate())) {
      // Software is always free to take a call.
      boolean agentFree = campaign.voiceAgent() || !dice.chance(ABANDONED);
      return agentFree ? Fate.COMPLETED : Fate.ABANDONED;
    }
    if (!campaign.isOutbound()) {
      return Fate.CANCELED;
    }
    return dice.pick(List.copyOf(UNANSWERED.keySet()), UNANSWERED::get);
  }

  private Beginning beginning() {
    String theirs = Numbers.somebody(dice);
    String ours =
        campaign.id().equals("support-line")
            ? Numbers.TOLL_FREE
            : Numbers.ofAccount(campaign.account(), dice);
    boolean outbound = campaign.isOutbound();
    return new Beginning(
        campaign.account(),
        campaign.userId(),
        campaign.id(),
        trunk.name(),
        trunk.provider(),
        campaign.direction(),
        outbound ? ours : theirs,
        outbound ? theirs : ours,
        null,
        null,
        null,
        null);
  }

  private double ringSeconds(Fate fate) {
    return switch (fate) {
      case COMPLETED, ABANDONED -> dice.logNormal(campaign.isOutbound() ? 9 : 4, 0.5);
      case NO_ANSWER -> dice.between(24, 36);
      case CANCELED -> dice.between(3, 18);
      case REJECTED -> dice.between(2, 8);
      case TIMED_OUT -> 32; // RFC 3261, timer B: 64 times T1
      default -> dice.between(0.05, 0.6);
    };
  }

  /** Tells what happens between answer and end; returns the talk time in seconds. */
  private double conversation(Fate fate, double answered) {
    AnsweredBy by = answeredBy();
    story.tell(answered, new Answered(callId, by, Beginning.UNKNOWN));
    double talk = rounded(talkSeconds(fate, by), 3);
    if (campaign.voiceAgent() && by != AnsweredBy.MACHINE) {
      latencies(answered, talk);
    }
    if (campaign.hasAgents() && fate == Fate.COMPLETED && by != AnsweredBy.MACHINE) {
      dialing.talk(answered, talk);
    }
    story.tell(answered + talk, quality(Direction.INBOUND));
    if (dice.chance(0.5)) {
      story.tell(answered + talk, quality(Direction.OUTBOUND));
    }
    return talk;
  }

  private double talkSeconds(Fate fate, AnsweredBy by) {
    if (fate == Fate.ABANDONED) {
      return dice.between(1, 4);
    }
    return by == AnsweredBy.MACHINE
        ? dice.logNormal(14, 0.5)
        : dice.logNormal(campaign.talkSeconds(), 0.8);
  }

  private AnsweredBy answeredBy() {
    if (!campaign.isOutbound()) {
      return null;
    }
    if (dice.chance(0.03)) {
      return AnsweredBy.UNKNOWN;
    }
    return dice.chance(campaign.machineRate()) ? AnsweredBy.MACHINE : AnsweredBy.HUMAN;
  }

  private void latencies(double answered, double talk) {
    int turns = 1 + dice.below(MAX_TURNS);
    for (int turn = 1; turn <= turns; turn++) {
      double at = answered + talk * turn / (turns + 1);
      latency(at, LatencyKind.SPEECH_TO_AUDIO, dice.logNormal(780, 0.35));
      if (dice.chance(0.3)) {
        latency(at, LatencyKind.TOOL_CALL, dice.logNormal(420, 0.6));
      }
    }
    latency(answered + talk, LatencyKind.SESSION, talk * 1_000);
  }

  private void latency(double at, LatencyKind kind, double millis) {
    story.tell(at, new Latency(callId, kind, rounded(millis, 1)));
  }

  private Quality quality(Direction direction) {
    double loss = Math.min(0.4, dice.exponential(trunk.loss()));
    double jitter = dice.logNormal(trunk.jitterMillis(), 0.5);
    double rtt = dice.logNormal(trunk.rttMillis(), 0.25);
    // One sender in four gives no opinion score and leaves it to the reader's E-model.
    Double mos = dice.chance(0.75) ? Double.valueOf(opinion(loss, jitter, rtt)) : null;
    return new Quality(
        callId,
        direction,
        trunk.codec(),
        mos,
        null,
        rounded(jitter, 1),
        rounded(loss, 5),
        rounded(rtt, 1));
  }

  private static double opinion(double loss, double jitterMillis, double rttMillis) {
    return rounded(
        Math.clamp(4.4 - (22 * loss) - (jitterMillis / 90) - (rttMillis / 900), 1, 4.5), 2);
  }

  private Ended untaken(Fate fate) {
    return new Ended(
        callId,
        fate.outcome,
        fate.sipCode,
        fate.q850Cause,
        null,
        null,
        null,
        null,
        fate.errorType,
        null,
        null,
        Beginning.UNKNOWN);
  }

  private Ended taken(Fate fate, double talk) {
    return new Ended(
        callId,
        fate.outcome,
        fate.sipCode,
        fate.q850Cause,
        dice.pick(SIDES),
        talk,
        Tariff.cents(trunk, talk).movePointLeft(2),
        "USD",
        null,
        campaign.voiceAgent() ? dice.chance(TRANSCRIBED) : null,
        dice.chance(RECORDED),
        Beginning.UNKNOWN);
  }
}
