package io.busyhour.deliver.work;

import java.time.Duration;
import java.util.List;

/**
 * How deliveries are worked off.
 *
 * @param schedule how long to wait after the first failed attempt, the second, and so on; the last
 *     stands for all that follow
 * @param jitter by which part a wait is made longer or shorter at most, 0 to 1
 * @param maxAttempts how many there are before it is given up
 * @param lease for how long a delivery that was taken is nobody else's
 * @param concurrency how many attempts there may be at a time
 * @param perPartner how many of them may be a partner's
 * @param timeout for one attempt
 * @param giveUpAfter after which time from its event a delivery is given up however few attempts
 *     there were
 */
public record WorkSettings(
    List<Duration> schedule,
    double jitter,
    int maxAttempts,
    Duration lease,
    int concurrency,
    int perPartner,
    Duration timeout,
    Duration giveUpAfter) {
  private static final Duration LONGEST_SPARE = Duration.ofSeconds(5);

  /** Keeps the list from changing. */
  public WorkSettings {
    schedule = List.copyOf(schedule);
  }

  /** What must be left of a lease for an attempt: its answer has to be written too. */
  Duration leaseNeeded() {
    Duration spare = lease.minus(timeout).dividedBy(2);
    return timeout.plus(spare.compareTo(LONGEST_SPARE) < 0 ? spare : LONGEST_SPARE);
  }
}
