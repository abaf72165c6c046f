package io.busyhour.projection.meters;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.LineEvent.Tally;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.label.Label;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.annotation.Counted;

/**
 * The {@code dialer_*} families of a dialer's requests to its telephony provider. Labels follow
 * Librato's source template; a null is written as empty. A bean that any application can inject,
 * and that Busyhour's own projection counts by. For any thread. What is counted once per call of a
 * method is annotated; a method counts only when it is called on the injected bean.
 */
@Collector
public class DialerMetrics {
  private static final String[] LABELS = {
    "account", "campaign", "campaign_type", "caller_session_type", "caller_phone_type"
  };
  private static final String REQUESTS = "dialer_requests_total";
  private static final String REQUESTS_HELP = "Requests made to the telephony provider.";
  private static final String COMPLETED = "dialer_requests_completed_total";
  private static final String COMPLETED_HELP =
      "Requests that were answered in time with any result but error.";
  private static final String FAILED = "dialer_requests_error_total";
  private static final String FAILED_HELP =
      "Requests that were answered with an error, or not in time.";
  private static final String RESPONSES = "dialer_responses_completed_total";
  private static final String RESPONSES_HELP = "Responses served with an HTTP status below 400.";
  private static final String RESPONSES_FAILED = "dialer_responses_error_total";
  private static final String RESPONSES_FAILED_HELP = "Other responses.";
  private static final String ABANDONED = "dialer_timers_abandoned_total";
  private static final String ABANDONED_HELP = "Timers that were started and not stopped in time.";
  private static final double[] BOUNDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30};

  private final Meters meters;
  private final CounterFamily requests;
  private final CounterFamily requestsCompleted;
  private final CounterFamily requestsError;
  private final CounterFamily responsesCompleted;
  private final CounterFamily responsesError;
  private final CounterFamily abandoned;
  private final Map<Leg, Map<Result, HistogramFamily>> latencies = new EnumMap<>(Leg.class);

  /** Registers the families that are not those of an annotation alone. */
  @Inject
  public DialerMetrics(Meters meters) {
    this.meters = meters;
    requests = meters.counter(REQUESTS, REQUESTS_HELP, LABELS);
    requestsCompleted = meters.counter(COMPLETED, COMPLETED_HELP, LABELS);
    requestsError = meters.counter(FAILED, FAILED_HELP, LABELS);
    responsesCompleted = meters.counter(RESPONSES, RESPONSES_HELP, LABELS);
    responsesError = meters.counter(RESPONSES_FAILED, RESPONSES_FAILED_HELP, LABELS);
    abandoned = meters.counter(ABANDONED, ABANDONED_HELP, LABELS);
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
  @Counted(name = REQUESTS, absolute = true, description = REQUESTS_HELP)
  public void requested(
      @Label("account") String account,
      @Label("campaign") String campaign,
      @Label("campaign_type") String campaignType,
      @Label("caller_session_type") String callerSessionType,
      @Label("caller_phone_type") String callerPhoneType) {
    String[] labels = {account, campaign, campaignType, callerSessionType, callerPhoneType};
    know(labels);
    abandoned.touch(labels);
  }

  /** The series that a request may end in, so that their first increment is seen by rate(). */
  private void know(String... labels) {
    requestsCompleted.touch(labels);
    requestsError.touch(labels);
    responsesCompleted.touch(labels);
    responsesError.touch(labels);
  }

  /** A dialer's own log counted so many, under the names that Librato has for these families. */
  public void count(
      Tally tally,
      BigDecimal amount,
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    String[] labels = {account, campaign, campaignType, callerSessionType, callerPhoneType};
    know(labels);
    CounterFamily family =
        switch (tally) {
          case REQUESTS -> requests;
          case REQUESTS_COMPLETED -> requestsCompleted;
          case REQUESTS_ERROR -> requestsError;
          case RESPONSES_COMPLETED -> responsesCompleted;
          case RESPONSES_ERROR -> responsesError;
        };
    family.add(amount, labels);
  }

  /** A request was answered with any result but error. */
  @Counted(name = COMPLETED, absolute = true, description = COMPLETED_HELP)
  public void requestCompleted(
      @Label("account") String account,
      @Label("campaign") String campaign,
      @Label("campaign_type") String campaignType,
      @Label("caller_session_type") String callerSessionType,
      @Label("caller_phone_type") String callerPhoneType) {
    // Counted by the annotation.
  }

  /** A request was answered with an error, or given up. */
  @Counted(name = FAILED, absolute = true, description = FAILED_HELP)
  public void requestFailed(
      @Label("account") String account,
      @Label("campaign") String campaign,
      @Label("campaign_type") String campaignType,
      @Label("caller_session_type") String callerSessionType,
      @Label("caller_phone_type") String callerPhoneType) {
    // Counted by the annotation.
  }

  /** TwiML was served. */
  @Counted(name = RESPONSES, absolute = true, description = RESPONSES_HELP)
  public void responseCompleted(
      @Label("account") String account,
      @Label("campaign") String campaign,
      @Label("campaign_type") String campaignType,
      @Label("caller_session_type") String callerSessionType,
      @Label("caller_phone_type") String callerPhoneType) {
    // Counted by the annotation.
  }

  /** An error was served. */
  @Counted(name = RESPONSES_FAILED, absolute = true, description = RESPONSES_FAILED_HELP)
  public void responseFailed(
      @Label("account") String account,
      @Label("campaign") String campaign,
      @Label("campaign_type") String campaignType,
      @Label("caller_session_type") String callerSessionType,
      @Label("caller_phone_type") String callerPhoneType) {
    // Counted by the annotation.
  }

  /** A request was not answered in time; {@link #requestFailed} is called too. */
  @Counted(name = ABANDONED, absolute = true, description = ABANDONED_HELP)
  public void timerAbandoned(
      @Label("account") String account,
      @Label("campaign") String campaign,
      @Label("campaign_type") String campaignType,
      @Label("caller_session_type") String callerSessionType,
      @Label("caller_phone_type") String callerPhoneType) {
    // Counted by the annotation.
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

  /**
   * So many caller sessions are in a state now, which is not ended. The server itself computes
   * these families of its rows; they are for other applications.
   */
  public void updateCallerSessions(
      State state, int sessions, String account, String campaign, String campaignType) {
    meters
        .gauge(
            "dialer_caller_sessions_" + Words.of(state),
            "Caller sessions in the state " + Words.of(state) + ".",
            "account",
            "campaign",
            "campaign_type")
        .set(sessions, account, campaign, campaignType);
  }
}
