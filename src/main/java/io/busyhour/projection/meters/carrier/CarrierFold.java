package io.busyhour.projection.meters.carrier;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.Change;
import java.util.regex.Pattern;

/** Attempts, post-dial delay, talk time and terminations of calls by account and trunk. */
public final class CarrierFold implements Fold {
  static final String ATTEMPTS = "warp_call_attempts_total";

  // Where these are among the labels of attempts.
  static final int ACCOUNT = 0;
  static final int TRUNK = 1;
  static final int DIRECTION = 3;

  private static final String NORMAL = "normal";
  private static final String OK = "200";
  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2,3}");
  private static final String OTHER_COUNTRY = "other";

  private final CounterFamily attempts;
  private final HistogramFamily duration;
  private final HistogramFamily postDialDelay;
  private final CounterFamily terminations;

  /** Registers the families. */
  public CarrierFold(Meters meters) {
    attempts =
        meters.counter(
            ATTEMPTS,
            "Call attempts, each once.",
            "account",
            "trunk",
            "provider",
            "direction",
            "zone",
            "destination_country",
            "origination_country");
    duration =
        meters.histogram(
            "warp_call_duration_seconds",
            "Talk time; short is an answered call of less than 6 s.",
            new double[] {1, 6, 10, 30, 60, 120, 300, 600, 1800, 3600},
            "account",
            "trunk",
            "direction",
            "zone",
            "status");
    postDialDelay =
        meters.histogram(
            "warp_pdd_milliseconds",
            "Post-dial delay: INVITE to the first 18x.",
            new double[] {250, 500, 1000, 2000, 3000, 5000, 8000, 12000, 20000},
            "account",
            "trunk",
            "provider",
            "zone");
    terminations =
        meters.counter(
            "warp_call_terminations_total",
            "Ended calls by reason and final SIP response.",
            "account",
            "trunk",
            "provider",
            "reason",
            "sip_code");
  }

  @Override
  public void on(Change changed) {
    if (!(changed instanceof CallChange change)) {
      return;
    }
    CallRecord call = change.after();
    if (change.counted().contains(Contribution.ATTEMPT)) {
      attempt(call.beginning());
    }
    if (change.counted().contains(Contribution.PDD)) {
      Beginning b = call.beginning();
      Exemplar who = new Exemplar("call_id", call.callId(), call.times().ringing());
      Double delay = call.postDialDelayMs();
      postDialDelay.observe(delay, who, b.account(), b.trunk(), b.provider(), word(b.zone()));
    }
    if (change.counted().contains(Contribution.END)) {
      end(call);
    }
  }

  private void attempt(Beginning b) {
    attempts.add(
        1,
        b.account(),
        b.trunk(),
        b.provider(),
        word(b.direction()),
        word(b.zone()),
        country(b.destinationCountry()),
        country(b.originationCountry()));
    // Where most of these calls will end, so that the first increment is seen by rate().
    terminations.touch(b.account(), b.trunk(), b.provider(), NORMAL, OK);
  }

  private void end(CallRecord call) {
    Beginning b = call.beginning();
    Integer sip = call.end().sipCode();
    String sipCode = sip == null ? null : String.valueOf(sip);
    terminations.add(
        1, b.account(), b.trunk(), b.provider(), reason(call.end().outcome()), sipCode);
    Double talk = call.talkSeconds();
    if (talk != null && !call.end().reaped()) {
      Exemplar who = new Exemplar("call_id", call.callId(), call.times().ended());
      duration.observe(
          talk,
          who,
          b.account(),
          b.trunk(),
          word(b.direction()),
          word(b.zone()),
          status(call.end().outcome(), talk));
    }
  }

  /**
   * By what the end says alone, whoever talked was answered: that a call was taken may be told of
   * after the end was counted.
   */
  private static String status(Outcome outcome, double talkSeconds) {
    boolean isAnswered =
        outcome == Outcome.COMPLETED || outcome == Outcome.ABANDONED || talkSeconds > 0;
    if (isAnswered && talkSeconds < CallRecord.SHORT_SECONDS) {
      return "short";
    }
    return outcome == Outcome.COMPLETED ? "completed" : "failed";
  }

  /**
   * An abandoned call was answered and cleared in the ordinary way, as far as the network knows.
   */
  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED, ABANDONED -> NORMAL;
      case BUSY, NO_ANSWER, CANCELED, REJECTED, FAILED, TIMEOUT -> Words.of(outcome);
    };
  }

  /** Codes of ISO 3166; a longer text may be anything, or anybody's number. */
  private static String country(String said) {
    return said == null || COUNTRY.matcher(said).matches() ? said : OTHER_COUNTRY;
  }

  private static String word(Enum<?> value) {
    return value == null ? null : Words.of(value);
  }
}
