package io.busyhour.projection.calls.history;

import io.busyhour.event.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Which calls are asked for; what is null does not matter.
 *
 * @param status an outcome, empty for calls without one
 * @param since the earliest time at which they began
 * @param until the time before which they began
 */
public record CallFilter(
    Optional<Outcome> status,
    String campaign,
    String account,
    String trunk,
    Instant since,
    Instant until) {

  /** All calls that ended in one way. */
  public static CallFilter of(Outcome outcome) {
    return new CallFilter(Optional.of(outcome), null, null, null, null, null);
  }
}
