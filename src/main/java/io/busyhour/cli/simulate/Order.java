package io.busyhour.cli.simulate;

import io.busyhour.cli.simulate.incident.Trouble;
import java.time.Duration;
import java.time.Instant;

/**
 * What is asked of a simulation; the same order gives the same events with the same ids.
 *
 * @param seed what chance begins with
 * @param start the time of the beginning, in whole milliseconds
 * @param length how long it goes on
 * @param rate events a second when traffic is at its highest
 * @param day how long a simulated day takes; it begins with the busy hour
 * @param history how far before the start the traffic began; what happened by then is due at once
 * @param trouble what goes wrong meanwhile
 */
public record Order(
    long seed,
    Instant start,
    Duration length,
    double rate,
    Duration day,
    Duration history,
    Trouble trouble) {
  /** An ordinary day. */
  public static final Duration WHOLE_DAY = Duration.ofDays(1);

  private static final double MAX_RATE = 1_000_000;

  /** Refuses what cannot be simulated. */
  public Order {
    check(rate > 0 && rate <= MAX_RATE, "rate", rate, "above 0, at most 1000000 events a second");
    check(!length.isNegative() && !length.isZero(), "length", length, "longer than nothing");
    check(day.compareTo(Duration.ofMinutes(1)) >= 0, "day", day, "at least a minute");
    check(!history.isNegative(), "history", history, "not negative");
  }

  /** An order of which nothing goes wrong. */
  public Order(
      long seed, Instant start, Duration length, double rate, Duration day, Duration history) {
    this(seed, start, length, rate, day, history, Trouble.NONE);
  }

  private static void check(boolean good, String name, Object value, String expected) {
    if (!good) {
      throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, value, expected));
    }
  }
}
