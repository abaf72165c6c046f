package io.busyhour.cli.simulate.traffic;

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
import io.busyhour.event.CampaignEvent;
import io.busyhour.event.Occurrence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One call from its attempt to its end. */
final class CallStory {
  /** The share of calls whose end is never told: a worker died, a callback got lost. */
  private static final double LOST_END = 0.001;

  private static final double RECORDED = 0.8;
  private static final double ABANDONED = 0.02;
  private static final int BILLING_INCREMENT_SECONDS = 6;
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

  private CallStory(Campaign campaign, Trunk trunk, Instant beginning, Dice dice) {
    this.campaign = campaign;
    this.trunk = trunk;
    this.dice = dice;
    this.story = new Story(beginning);
    this.callId = "CA" + dice.hex(32);
  }

  /** What happens in a call of this campaign on this trunk. */
  static List<Occurrence> of(Campaign campaign, Trunk trunk, Instant beginning, Dice dice) {
    CallStory call = new CallStory(campaign, trunk, beginning, dice);
    call.tell();
    return call.story.occurrences();
  }

  private void tell() {
    Fate fate = fate();
    story.tell(0, new Initiated(callId, beginning()));
    if (campaign.isOutbound()) {
      double placing = rounded(dice.logNormal(0.35, 0.7), 3);
      story.tell(placing, new CampaignEvent.Processed(campaign.id(), placing));
    }
    double pdd = rounded(Math.max(60, dice.logNormal(trunk.pddMillis(), 0.45)), 0);
    double heard = pdd / 1_000;
    if (fate.rings()) {
      story.tell(heard, new Ringing(callId, pdd, Beginning.UNKNOWN));
    }
    double picked = heard + ringSeconds(fate);
    double talk = fate.isAnswered() ? conversation(fate, picked) : 0;
    if (!dice.chance(LOST_END)) {
      story.tell(picked + talk, fate.isAnswered() ? taken(fate, talk) : untaken(fate));
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
        cost(talk),
        "USD",
        null,
        campaign.voiceAgent(),
        dice.chance(RECORDED),
        Beginning.UNKNOWN);
  }

  private BigDecimal cost(double talk) {
    long billed = (long) Math.ceil(talk / BILLING_INCREMENT_SECONDS) * BILLING_INCREMENT_SECONDS;
    return BigDecimal.valueOf(trunk.centsPerMinute())
        .movePointLeft(2)
        .multiply(BigDecimal.valueOf(billed))
        .divide(BigDecimal.valueOf(60), 5, RoundingMode.HALF_UP);
  }

  private static double rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
  }
}
