package io.busyhour.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again, as Twilio recommends: 100 ms, twice as long each time, a
 * tenth more or less so that not all come back at once, and never longer than 30 s.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final double JITTER = 0.1;
  // 100 ms doubled that often is beyond the longest.
  private static final int DOUBLINGS = 10;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The wait after a failure.
   *
   * @param failures how many there were in a row, from 1 on
   * @param asked what the server asked for, or null; a longer time than the longest is cut
   */
  Duration delay(int failures, Duration asked) {
    long steps = 1L << Math.min(failures - 1, DOUBLINGS);
    double share = 1 - JITTER + 2 * JITTER * random.nextDouble();
    Duration own = Duration.ofNanos((long) (FIRST.multipliedBy(steps).toNanos() * share));
    Duration wanted = asked == null || asked.compareTo(own) < 0 ? own : asked;
    return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
  }
}
