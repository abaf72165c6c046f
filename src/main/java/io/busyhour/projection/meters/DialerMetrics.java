package io.busyhour.projection.meters;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import java.util.EnumMap;
import java.util.Map;

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
    time(meters, Leg.CONTACT, Result.ANSWERED, "dialer_contact_answered_seconds");
    time(meters, Leg.CONTACT, Result.BUSY, "dialer_contact_busy_seconds");
    time(meters, Leg.CONTACT, Result.ERROR, "dialer_contact_error_seconds");
    time(meters, Leg.CONTACT, Result.REDIRECT, "dialer_contact_redirect_seconds");
    time(meters, Leg.TRANSFER, Result.ANSWERED, "dialer_transfer_answered_seconds");
    time(meters, Leg.TRANSFER, Result.BUSY, "dialer_transfer_busy_seconds");
    time(meters, Leg.TRANSFER, Result.ERROR, "dialer_transfer_error_seconds");
    time(meters, Leg.TRANSFER, Result.REDIRECT, "dialer_transfer_redirect_seconds");
    // A caller is there already: it can only be redirected.
    time(meters, Leg.CALLER, Result.REDIRECT, "dialer_caller_redirect_seconds");
  }

  private void time(Meters meters, Leg leg, Result result, String name) {
    String help =
        "From a request for the %s leg to its answer, %s."
            .formatted(Words.of(leg), Words.of(result));
    latencies
        .computeIfAbsent(leg, l -> new EnumMap<>(Result.class))
        .put(result, meters.histogram(name, help, BOUNDS, LABELS));
  }

  /** Tells whether there is a family for how long it took to come to a result. */
  public boolean isTimed(Leg leg, Result result) {
    return latencies.get(leg).containsKey(result);
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
