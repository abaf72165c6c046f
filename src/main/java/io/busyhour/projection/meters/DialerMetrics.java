package io.busyhour.projection.meters;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The {@code dialer_*} families of a dialer's requests to its telephony provider. Labels follow
 * Librato's source template; a null is written as empty. For any thread.
 */
public final class DialerMetrics {
  private static final String[] LABELS = {
    "account", "campaign", "campaign_type", "caller_session_type", "caller_phone_type"
  };
  private static final double[] BOUNDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30};

  private final CounterFamily requests;
  private final CounterFamily requestsCompleted;
  private final CounterFamily requestsError;
  private final CounterFamily responsesCompleted;
  private final CounterFamily responsesError;
  private final CounterFamily abandoned;
  private final Map<Leg, Map<Result, HistogramFamily>> latencies = new EnumMap<>(Leg.class);

  /** Registers the families. */
  public DialerMetrics(Meters meters) {
    requests =
        meters.counter("dialer_requests_total", "Requests made to the telephony provider.", LABELS);
    requestsCompleted =
        meters.counter(
            "dialer_requests_completed_total",
            "Requests that were answered in time with any result but error.",
            LABELS);
    requestsError =
        meters.counter(
            "dialer_requests_error_total",
            "Requests that were answered with an error, or not in time.",
            LABELS);
    responsesCompleted =
        meters.counter(
            "dialer_responses_completed_total",
            "Responses served with an HTTP status below 400.",
            LABELS);
    responsesError = meters.counter("dialer_responses_error_total", "Other responses.", LABELS);
    abandoned =
        meters.counter(
            "dialer_timers_abandoned_total",
            "Timers that were started and not stopped in time.",
            LABELS);
    for (Leg leg : Leg.values()) {
      Map<Result, HistogramFamily> ofLeg = new EnumMap<>(Result.class);
      results(leg).forEach(result -> ofLeg.put(result, latency(meters, leg, result)));
      latencies.put(leg, ofLeg);
    }
  }

  /** A caller is there already: only a redirect of the leg is waited for. */
  private static Set<Result> results(Leg leg) {
    return leg == Leg.CALLER ? EnumSet.of(Result.REDIRECT) : EnumSet.allOf(Result.class);
  }

  private static HistogramFamily latency(Meters meters, Leg leg, Result result) {
    return meters.histogram(
        "dialer_%s_%s_seconds".formatted(Words.of(leg), Words.of(result)),
        "From a request to the telephony provider for the %s leg to its answer, %s."
            .formatted(Words.of(leg), Words.of(result)),
        BOUNDS,
        LABELS);
  }

  /** Tells whether there is a family for how long it took to come to a result. */
  public static boolean isTimed(Leg leg, Result result) {
    return results(leg).contains(result);
  }

  /** A request went to the telephony provider. */
  public void requested(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    String[] labels = {account, campaign, campaignType, callerSessionType, callerPhoneType};
    requests.add(1, labels);
    // The series that this request may end in, so that their first increment is seen by rate().
    requestsCompleted.touch(labels);
    requestsError.touch(labels);
    responsesCompleted.touch(labels);
    responsesError.touch(labels);
    abandoned.touch(labels);
  }

  /** A request was answered with any result but error. */
  public void requestCompleted(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    requestsCompleted.add(1, account, campaign, campaignType, callerSessionType, callerPhoneType);
  }

  /** A request was answered with an error, or given up. */
  public void requestFailed(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    requestsError.add(1, account, campaign, campaignType, callerSessionType, callerPhoneType);
  }

  /** TwiML was served. */
  public void responseCompleted(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    responsesCompleted.add(1, account, campaign, campaignType, callerSessionType, callerPhoneType);
  }

  /** An error was served. */
  public void responseFailed(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    responsesError.add(1, account, campaign, campaignType, callerSessionType, callerPhoneType);
  }

  /** A request was not answered in time; {@link #requestFailed} is called too. */
  public void timerAbandoned(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    abandoned.add(1, account, campaign, campaignType, callerSessionType, callerPhoneType);
  }

  /**
   * A request was answered after so many seconds; nothing where the catalogue has no family for it.
   *
   * @param session the caller session as exemplar, or null
   */
  public void answered(
      Leg leg,
      Result result,
      double seconds,
      Exemplar session,
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    HistogramFamily family = latencies.get(leg).get(result);
    if (family != null) {
      family.observe(
          seconds, session, account, campaign, campaignType, callerSessionType, callerPhoneType);
    }
  }
}
