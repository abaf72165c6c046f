package io.busyhour.deliver.send;

import java.time.Duration;

/**
 * What became of one attempt.
 *
 * @param status the HTTP status, or 0 where nobody answered in time
 * @param took from the first step to the last byte that was read
 * @param failure why nobody answered, a word of {@link Failure}, or null
 * @param excerpt the first kilobyte of the answer's body as text, or null
 * @param retryAfter how long it asked to be left alone, at most a day, or null
 * @param abort whether it asked that this delivery is not tried again
 */
public record Answer(
    int status, Duration took, String failure, String excerpt, Duration retryAfter, boolean abort) {

  /** Nobody answered. */
  static Answer none(Failure why, Duration took) {
    return new Answer(0, took, why.word(), null, null, false);
  }

  /** The attempt could not be made, for a fault on this side. */
  public static Answer broken() {
    return none(Failure.ERROR, Duration.ZERO);
  }

  /** Whether it counts as delivered: 2xx and nothing else. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Whether there was none in time. */
  public boolean isTimeout() {
    return Failure.TIMEOUT.word().equals(failure);
  }
}
