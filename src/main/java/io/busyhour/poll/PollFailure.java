package io.busyhour.poll;

import io.busyhour.event.PollEvent.Failure;
import java.time.Duration;

/**
 * Says why an answer is of no use. The message is for the log: no secret belongs into it, and no
 * text that came from outside.
 */
final class PollFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure reason;
  private final transient Duration retryAfter;

  PollFailure(Failure reason, String message) {
    this(reason, message, null);
  }

  /** A failure whose server said when to come again; null if it did not. */
  PollFailure(Failure reason, String message, Duration retryAfter) {
    super(message, null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  Failure reason() {
    return reason;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /** Tells whether the same request may well be answered in a moment. */
  boolean isPassing() {
    return switch (reason) {
      case RATE_LIMITED, SERVER_ERROR, TIMEOUT, UNREACHABLE -> true;
      case UNAUTHORIZED,
          FORBIDDEN,
          NOT_FOUND,
          UNEXPECTED_STATUS,
          TOO_LARGE,
          UNREADABLE,
          OTHER_HOST ->
          false;
    };
  }
}
