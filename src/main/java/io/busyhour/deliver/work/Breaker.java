package io.busyhour.deliver.work;

import io.busyhour.deliver.send.Answer;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of one endpoint, and so how many attempts it may be sent at a time.
 *
 * <p>A circuit breaker: after five failures in a row it opens, and nothing is sent for 30 s; then
 * one attempt at a time tries it. The first that is answered closes it; one that fails opens it for
 * twice as long, at most ten minutes.
 *
 * <p>Within a closed one, the number of attempts at a time begins at one and grows by one with each
 * quick success up to the partner's share. It falls to one after a time-out or an answer that took
 * most of one, and to half after other failures: an endpoint that hangs soon holds one of the
 * attempts that all share.
 *
 * <p>What counts is whether the endpoint works. No answer, 3xx, 408, 425, 429 and 5xx are failures;
 * other 4xx are an answer, as it is the payload that they refuse. A 429 or 503 that says for how
 * long is none either: nothing is sent for that time, which is what it asks for. For any thread.
 */
public final class Breaker {
  private static final int FAILURES_TO_OPEN = 5;
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final int most;
  private final Duration slow;

  private int limit = 1;
  private int inFlight;
  private int failures;
  private boolean open;
  private boolean probing;
  private Duration openFor = FIRST;
  private Instant openUntil = Instant.EPOCH;
  private Instant heldUntil = Instant.EPOCH;

  /** Whether the endpoint is sent to. */
  public enum State {
    /** It is. */
    CLOSED,
    /** One attempt at a time tries whether it works again. */
    HALF_OPEN,
    /** It is not, for some time. */
    OPEN
  }

  /**
   * Knows nothing yet, and so begins closed.
   *
   * @param settings whose share of a partner is the most at a time, and half of whose time-out is
   *     slow
   */
  public Breaker(WorkSettings settings) {
    most = settings.perPartner();
    slow = settings.timeout().dividedBy(2);
  }

  /** How many more attempts may begin now. */
  public synchronized int permits(Instant now) {
    if (now.isBefore(notBefore())) {
      return 0;
    }
    return Math.max(0, (open ? 1 : limit) - inFlight);
  }

  /** Before when nothing may begin, whatever else there is; in the past if something may. */
  public synchronized Instant notBefore() {
    return open && openUntil.isAfter(heldUntil) ? openUntil : heldUntil;
  }

  /** What it is now. Being held by {@code Retry-After} alone does not make it open. */
  public synchronized State state(Instant now) {
    if (!open) {
      return State.CLOSED;
    }
    return now.isBefore(notBefore()) ? State.OPEN : State.HALF_OPEN;
  }

  /** An attempt begins, for which there was a permit. Each one that begins ends. */
  public synchronized void begun() {
    inFlight++;
    probing = open;
  }

  /** An attempt has ended without an answer or a lack of it: it was not made after all. */
  public synchronized void dropped() {
    inFlight--;
  }

  /** An attempt has ended. */
  public synchronized void ended(Answer answer, Instant now) {
    inFlight--;
    if (isHeld(answer)) {
      failures = 0;
      fewer(limit / 2);
      Instant until = now.plus(answer.retryAfter());
      heldUntil = until.isAfter(heldUntil) ? until : heldUntil;
    } else if (isFailure(answer)) {
      failed(answer, now);
    } else {
      answered(answer);
    }
  }

  private static boolean isHeld(Answer answer) {
    return answer.retryAfter() != null && (answer.status() == 429 || answer.status() == 503);
  }

  private static boolean isFailure(Answer answer) {
    int status = answer.status();
    return status < 200
        || (status >= 300 && status < 400)
        || status >= 500
        || Verdict.PASSING.contains(status);
  }

  private void answered(Answer answer) {
    failures = 0;
    open = false;
    openFor = FIRST;
    if (answer.took().compareTo(slow) >= 0) {
      fewer(1);
    } else if (answer.isSuccess()) {
      limit = Math.min(most, limit + 1);
    }
  }

  private void failed(Answer answer, Instant now) {
    fewer(answer.isTimeout() ? 1 : limit / 2);
    failures++;
    if (open && probing) {
      Duration twice = openFor.multipliedBy(2);
      openFor = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
      open(now);
    } else if (!open && failures >= FAILURES_TO_OPEN) {
      open(now);
    }
    // Else it began before the breaker opened, and says nothing new.
  }

  private void open(Instant now) {
    open = true;
    probing = false;
    fewer(1);
    openUntil = now.plus(openFor);
  }

  private void fewer(int wanted) {
    limit = Math.max(1, Math.min(limit, wanted));
  }
}
