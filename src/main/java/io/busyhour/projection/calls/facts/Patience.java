package io.busyhour.projection.calls.facts;

import java.time.Duration;

/**
 * How long rows wait for what is missing, in microseconds of receipt time.
 *
 * @param settleMicros a contribution to a counter, for facts that it needs
 */
public record Patience(long settleMicros) {
  /** That much patience. */
  public static Patience of(Duration settle) {
    return new Patience(settle.toNanos() / 1000);
  }
}
