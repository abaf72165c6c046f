package io.busyhour.projection.calls.history;

import io.busyhour.event.Outcome;
import java.time.Instant;

/**
 * Which calls are asked for; what is null does not matter.
 *
 * @param since the earliest time at which they began
 * @param until the time before which they began
 */
public record CallFilter(
    Status status, String campaign, String account, String trunk, Instant since, Instant until) {

  /** All calls. */
  public static final CallFilter ALL = new CallFilter(null, null, null, null, null, null);

  /**
   * What became of a call.
   *
   * @param outcome null for calls without an end
   */
  public record Status(Outcome outcome) {}

  /** All calls that ended in one way. */
  public static CallFilter of(Outcome outcome) {
    return new CallFilter(new Status(outcome), null, null, null, null, null);
  }
}
