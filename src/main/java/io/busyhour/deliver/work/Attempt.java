package io.busyhour.deliver.work;

import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.send.Answer;
import java.time.Instant;

/**
 * An attempt that was made.
 *
 * @param at when it ended
 */
record Attempt(Due due, Answer answer, Instant at) {
  /** 1 for the first of this delivery. */
  int number() {
    return due.attempts() + 1;
  }
}
