package io.busyhour.projection.change;

import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What one event, or the end of the time to wait for more, did to a dialer's timer.
 *
 * @param after the timer as it is
 * @param counted which contributions to counters are due now; each is due once in a timer's life
 * @param labels what all of them are counted under
 * @param corrections which facts changed after they had been counted
 */
public record TimerChange(
    Timer after, Set<Contribution> counted, Labels labels, Set<Correction> corrections)
    implements Change {

  /** What a timer adds to counters. */
  public enum Contribution {
    /** That a request was made. */
    REQUEST,
    /** That, and how long after the request, it was answered in time. */
    ANSWER,
    /** That it was not. */
    ABANDONMENT,
    /** That a response was served, whatever became of its request. */
    RESPONSE
  }

  /** A fact that changed too late for the counters. */
  public enum Correction {
    /** Whose request it was, or of which leg. */
    TIMER_LABELS,
    /** Another result, or another HTTP status. */
    TIMER_RESULT,
    /** Another time from request to response. */
    TIMER_LATENCY,
    /** A response to a request that was given up. */
    TIMER_ABANDONED
  }

  /**
   * Whose request it is: Librato's source template without host and caller session; null where
   * unknown.
   *
   * @param campaignType in lower case
   */
  public record Labels(
      String account,
      String campaign,
      String campaignType,
      String callerSessionType,
      String callerPhoneType) {
    /** Those of a response whose request nobody has told of. */
    public static final Labels UNKNOWN = new Labels(null, null, null, null, null);
  }

  /**
   * A request to the telephony provider and the answer to it: the earliest statement of each.
   * Absent facts are null.
   *
   * @param requestId identifies it
   * @param request what was asked for
   * @param requestedAt when the timer began
   * @param response what was served
   * @param respondedAt when it stopped
   */
  public record Timer(
      String requestId,
      Request request,
      Instant requestedAt,
      Response response,
      Instant respondedAt) {
    /** From request to response; clocks of two machines may differ, and time never runs back. */
    public Duration latency() {
      Duration latency = Duration.between(requestedAt, respondedAt);
      return latency.isNegative() ? Duration.ZERO : latency;
    }
  }

  /** What was asked for, and by whom. */
  public record Request(Leg leg, Labels labels, String callerSessionId) {}

  /** What was served: TwiML or an error. */
  public record Response(Result result, Integer httpStatus) {
    /** Whether it is an error; the result says so where no HTTP status was given. */
    public boolean isError() {
      return httpStatus == null ? result == Result.ERROR : httpStatus >= 400;
    }
  }
}
