package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.projection.Fold;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Drops the series that have been idle for long, once a minute. It comes before what saves the
 * series, so that those that are gone are deleted in the same transaction.
 */
public final class IdleFold implements Fold {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Meters meters;
  private final Idle idle;
  private final Clock clock;
  private Instant last = Instant.EPOCH;

  /** Drops series of these meters. */
  public IdleFold(Meters meters, Idle idle, Clock clock) {
    this.meters = meters;
    this.idle = idle;
    this.clock = clock;
  }

  @Override
  public boolean isDue() {
    return isDue(clock.instant());
  }

  private boolean isDue(Instant now) {
    return Duration.between(last, now).compareTo(EVERY) >= 0;
  }

  @Override
  public void save(Connection transaction) {
    Instant now = clock.instant();
    if (isDue(now)) {
      meters.dropIdle(now.minus(idle.series()), now.minus(idle.counters()));
      last = now;
    }
  }
}
