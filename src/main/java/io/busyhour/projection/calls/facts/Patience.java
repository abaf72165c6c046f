package io.busyhour.projection.calls.facts;

import java.time.Duration;

/**
 * How long rows wait for what is missing, in microseconds of receipt time.
 *
 * @param settleMicros a contribution to a counter, for facts that it needs
 * @param timerMicros a dialer's request, for its response
 * @param idleMicros a caller session, for any event
 */
public record Patience(long settleMicros, long timerMicros, long idleMicros) {
  private static final Duration TIMER = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofDays(1);

  /** That much patience for facts, and what is usual for the rest. */
  public static Patience of(Duration settle) {
    return of(settle, TIMER, IDLE);
  }

  /** That much patience. */
  public static Patience of(Duration settle, Duration timer, Duration idle) {
    return new Patience(micros(settle), micros(timer), micros(idle));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
