package io.busyhour.http;

import java.time.Duration;
import java.util.Map;

/**
 * Ends a request or refuses an event for one of the reasons of the closed list. The message is one
 * sentence that the sender can act on, and is sent as it is: no secret belongs into it.
 */
public final class Refusal extends RuntimeException {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Reason reason;
  private final transient Duration retryAfter;

  /** A refusal for this reason; those of status 503 ask to come again in a few seconds. */
  public Refusal(Reason reason, String message) {
    this(reason, message, SOON);
  }

  /**
   * A refusal that says when it is worth trying again.
   *
   * @param retryAfter is sent where the reason's status is 503
   */
  public Refusal(Reason reason, String message, Duration retryAfter) {
    // No stack trace: a refusal is an answer, and there may be many in a second.
    super(message, null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The headers that the answer needs beside its body. */
  public Map<String, String> headers() {
    return switch (reason) {
      case UNAUTHORIZED -> Map.of("WWW-Authenticate", "Bearer realm=\"busyhour\"");
      // Where the body ends is not known, so the connection is of no further use.
      case TOO_LARGE, MALFORMED_REQUEST -> Map.of("Connection", "close");
      case NOT_CONFIGURED, OVERLOADED, STORE_DOWN, STOPPING ->
          // Whole seconds (RFC 9110, 10.2.3), never 0: that would ask for a storm.
          Map.of(
              "Retry-After", String.valueOf(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
      default -> Map.of();
    };
  }
}
