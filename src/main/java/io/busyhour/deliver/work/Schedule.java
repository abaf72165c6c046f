package io.busyhour.deliver.work;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long to wait after a failed attempt. For any thread. */
public final class Schedule {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final List<Duration> delays;
  private final double jitter;

  /**
   * Waits by the settings.
   *
   * @throws IllegalArgumentException if there is no delay, one is negative, or the jitter is not
   *     from 0 to 1
   */
  public Schedule(WorkSettings settings) {
    delays = settings.schedule();
    jitter = settings.jitter();
    if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException(delays + " (expected: at least one delay, none negative)");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(jitter + " (expected: a jitter from 0 to 1)");
    }
  }

  /**
   * The wait before the next attempt: the schedule's, at most an hour, and never less than what the
   * endpoint asked for.
   *
   * @param failures how many attempts there were, at least 1
   * @param retryAfter what the endpoint asked for, or null
   * @param random makes deliveries that failed together come back apart
   */
  public Duration after(int failures, Duration retryAfter, RandomGenerator random) {
    Duration delay = delays.get(Math.min(failures, delays.size()) - 1);
    Duration base = shorter(delay, LONGEST);
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    Duration wait = shorter(Duration.ofNanos((long) (base.toNanos() * factor)), LONGEST);
    return retryAfter == null || wait.compareTo(retryAfter) >= 0 ? wait : retryAfter;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
