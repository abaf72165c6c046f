package io.busyhour.projection.windows.rollup;

import io.busyhour.event.Outcome;
import io.busyhour.projection.change.CallRecord;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What the calls of a group have in common, besides the span of time that they belong to. */
public enum Kind {
  /** All calls, by when they began. */
  STARTED(call -> "", List.of(Step.values())),
  /** All calls, by when they ended. */
  ENDED(call -> call.isOpen() ? null : "", List.of(Step.FIVE_MINUTES)),
  /** Those of one campaign, by when they began. */
  CAMPAIGN(call -> call.beginning().campaignId(), List.of(Step.HOUR, Step.DAY)),
  /** Those of one account, by when they began. */
  ACCOUNT(call -> call.beginning().account(), List.of(Step.HOUR, Step.DAY)),
  /** Those that failed or timed out for one reason, by when they began. */
  FAILURE(Kind::failure, List.of(Step.FIVE_MINUTES, Step.HOUR));

  private final Function<CallRecord, String> label;
  private final List<Step> steps;

  Kind(Function<CallRecord, String> label, List<Step> steps) {
    this.label = label;
    this.steps = steps;
  }

  /** Which of its groups a call belongs to, or null for none. */
  String label(CallRecord call) {
    return label.apply(call);
  }

  /** The lengths of the spans that are kept of it. */
  List<Step> steps() {
    return steps;
  }

  /** When a call that belongs to one of its groups counts. */
  Instant time(CallRecord call) {
    return this == ENDED ? call.times().ended() : call.startedAt();
  }

  /**
   * Why a call failed, as far as it was said: the sender's own word, else what the outcome or the
   * SIP response says, else unknown; null for a call that did not fail.
   */
  public static String failure(CallRecord call) {
    Outcome outcome = call.end().outcome();
    if (outcome != Outcome.FAILED && outcome != Outcome.TIMEOUT) {
      return null;
    }
    if (call.end().reaped()) {
      return "stale";
    }
    if (call.end().errorType() != null) {
      return call.end().errorType();
    }
    if (outcome == Outcome.TIMEOUT) {
      return "timeout";
    }
    Integer sip = call.end().sipCode();
    return sip == null ? "unknown" : "sip_" + sip;
  }
}
