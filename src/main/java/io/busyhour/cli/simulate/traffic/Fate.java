package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.Outcome;

/** How a call ends; causes follow the SIP code as RFC 3398, 8.2.6.1 maps them. */
enum Fate {
  COMPLETED(Outcome.COMPLETED, 200, 16, null),
  ABANDONED(Outcome.ABANDONED, 200, 16, null),
  BUSY(Outcome.BUSY, 486, 17, null),
  NO_ANSWER(Outcome.NO_ANSWER, 480, 18, null),
  CANCELED(Outcome.CANCELED, 487, 16, null),
  REJECTED(Outcome.REJECTED, 603, 21, null),
  TIMED_OUT(Outcome.TIMEOUT, 408, 102, "timeout"),
  NO_SUCH_NUMBER(Outcome.FAILED, 404, 1, "sip_error"),
  FORBIDDEN(Outcome.FAILED, 403, 21, "trunk_config_error"),
  BROKEN(Outcome.FAILED, 500, 41, "sip_error"),
  BAD_GATEWAY(Outcome.FAILED, 502, 38, "sip_error"),
  NO_CAPACITY(Outcome.FAILED, 503, 41, "sip_error"),
  NO_AGENT(Outcome.FAILED, 480, 18, "agent_config_error");

  final Outcome outcome;
  final int sipCode;
  final int q850Cause;
  final String errorType;

  Fate(Outcome outcome, int sipCode, int q850Cause, String errorType) {
    this.outcome = outcome;
    this.sipCode = sipCode;
    this.q850Cause = q850Cause;
    this.errorType = errorType;
  }

  /** Whether somebody or something took the call. */
  boolean isAnswered() {
    return this == COMPLETED || this == ABANDONED;
  }

  /** Whether the call reached the far end, so that a 18x was heard. */
  boolean rings() {
    return isAnswered() || this == NO_ANSWER || this == CANCELED || this == REJECTED;
  }
}
