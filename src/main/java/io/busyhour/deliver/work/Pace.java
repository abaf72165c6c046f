package io.busyhour.deliver.work;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps attempts to so many a second, of which those of one second may be made at once (the generic
 * cell rate algorithm: a token bucket that keeps one time and no count). For any thread.
 */
public final class Pace {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final int perSecond;
  // When the bucket is full again; in the past if it is full.
  private Instant full = Instant.EPOCH;

  /**
   * Allows so many.
   *
   * @param perSecond 0 for no limit
   */
  public Pace(int perSecond) {
    if (perSecond < 0) {
      throw new IllegalArgumentException(perSecond + " (expected: 0 or more)");
    }
    this.perSecond = perSecond;
  }

  /** How many attempts may begin now. */
  public synchronized int available(Instant now) {
    return perSecond == 0 ? Integer.MAX_VALUE : (int) ((SECOND - missing(now)) / each());
  }

  /** How long to wait until one may begin: zero if one may now. */
  public synchronized Duration delay(Instant now) {
    return perSecond == 0
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, missing(now) + each() - SECOND));
  }

  /** Says that one begins now. More than there may be only make the wait longer. */
  public synchronized void take(Instant now) {
    if (perSecond > 0) {
      full = now.plusNanos(missing(now) + each());
    }
  }

  /** How long it takes to be full. A clock that is put back does not make it more than a second. */
  private long missing(Instant now) {
    if (!full.isAfter(now)) {
      return 0;
    }
    return full.isAfter(now.plusSeconds(1)) ? SECOND : Duration.between(now, full).toNanos();
  }

  private long each() {
    return SECOND / perSecond;
  }
}
