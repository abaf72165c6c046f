package io.busyhour.deliver.work;

import io.busyhour.deliver.send.Answer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What an attempt means for its delivery. */
public sealed interface Verdict {
  /** It is done. */
  record Delivered() implements Verdict {}

  /** There will be another attempt. */
  record Again(Duration in) implements Verdict {}

  /** There will be no other; it goes to the dead letters. */
  record Dead(Reason reason) implements Verdict {}

  /** The endpoint is gone (410): the delivery is dead and the subscription has ended. */
  record Gone() implements Verdict {}

  /** Why a delivery is given up after an attempt. */
  enum Reason {
    /** There were as many attempts as there may be. */
    EXHAUSTED,
    /** The next attempt would be too long after the event. */
    EXPIRED,
    /** The endpoint does not want it: a 4xx that another attempt cannot change. */
    REFUSED,
    /** The endpoint asked not to be sent it again. */
    ABORTED;

    /** Such as {@code exhausted}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Request time-out, too early, too many requests: what 4xx says about the moment rather than
   * about the request.
   */
  Set<Integer> PASSING = Set.of(408, 425, 429);

  /**
   * Judges an attempt.
   *
   * @param attempts how many there were, this one among them, since the delivery was queued or was
   *     last asked for once more; at least 1
   * @param age how long the delivery has been wanted: since its event, or since it was last asked
   *     for once more
   * @param random for the jitter
   */
  static Verdict of(
      Answer answer,
      int attempts,
      Duration age,
      WorkSettings settings,
      Schedule schedule,
      RandomGenerator random) {
    int status = answer.status();
    if (answer.isSuccess()) {
      return new Delivered();
    }
    if (status == 410) {
      return new Gone();
    }
    if (answer.abort()) {
      return new Dead(Reason.ABORTED);
    }
    if (status >= 400 && status < 500 && !PASSING.contains(status)) {
      return new Dead(Reason.REFUSED);
    }
    if (attempts >= settings.maxAttempts()) {
      return new Dead(Reason.EXHAUSTED);
    }
    Duration wait = schedule.after(attempts, answer.retryAfter(), random);
    return age.plus(wait).compareTo(settings.giveUpAfter()) > 0
        ? new Dead(Reason.EXPIRED)
        : new Again(wait);
  }
}
