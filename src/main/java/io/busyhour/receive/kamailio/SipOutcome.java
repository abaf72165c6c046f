package io.busyhour.receive.kamailio;

import io.busyhour.event.Outcome;

/** What the final SIP response to an INVITE says of how the call ended (RFC 3261, section 21). */
final class SipOutcome {
  private static final int REDIRECTION = 300;
  private static final int FAILURE = 400;

  private SipOutcome() {}

  /**
   * The outcome of a call whose last response this was; null for those that are no end. Whether 408
   * and 487 came after ringing, and so mean that nobody took the call, is known to the call only.
   */
  static Outcome of(int code) {
    if (code < REDIRECTION) {
      return isSuccess(code) ? Outcome.COMPLETED : null;
    }
    return switch (code) {
      case 486, 600 -> Outcome.BUSY;
      case 480 -> Outcome.NO_ANSWER;
      case 487 -> Outcome.CANCELED;
      case 408, 504 -> Outcome.TIMEOUT;
      case 603, 607, 608 -> Outcome.REJECTED;
      default -> code < FAILURE ? null : Outcome.FAILED;
    };
  }

  static boolean isSuccess(int code) {
    return code >= 200 && code < REDIRECTION;
  }

  /** Tells whether it rings or is on its way there. */
  static boolean isRinging(int code) {
    return code >= 180 && code < 190;
  }

  /**
   * Tells whether nothing follows such a response to an INVITE: after a redirection or a challenge
   * it is sent again, and 491 is about a change within the call.
   */
  static boolean isRefusal(int code) {
    return switch (code) {
      case 401, 407, 491 -> false;
      default -> code >= FAILURE;
    };
  }
}
