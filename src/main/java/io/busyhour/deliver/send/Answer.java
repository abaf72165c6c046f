package io.busyhour.deliver.send;

import java.time.Duration;

/**
 * What became of one attempt.
 *
 * @param status the HTTP status, or 0 where nobody answered in time
 * @param took from the first step to the last byte that was read
 * @param failure why nobody answered, in a few words and without an address, or null
 * @param excerpt the first kilobyte of the answer's body as text, or null
 * @param retryAfter how long it asked to be left alone, or null
 */
public record Answer(
    int status, Duration took, String failure, String excerpt, Duration retryAfter) {

  /** Whether it counts as delivered: 2xx and nothing else. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
