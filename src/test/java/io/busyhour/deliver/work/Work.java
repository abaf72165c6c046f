package io.busyhour.deliver.work;

import io.busyhour.deliver.send.Answer;
import java.time.Duration;
import java.util.List;

/** Settings and answers of the tests. */
final class Work {
  static final int PER_PARTNER = 8;
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Work() {}

  static WorkSettings settings(double jitter, Duration... delays) {
    return new WorkSettings(
        List.of(delays),
        jitter,
        3,
        Duration.ofSeconds(60),
        64,
        PER_PARTNER,
        TIMEOUT,
        Duration.ofHours(24));
  }

  static Answer status(int status) {
    return status(status, null);
  }

  static Answer status(int status, Duration retryAfter) {
    return new Answer(status, Duration.ofMillis(5), null, null, retryAfter, false);
  }

  static Answer slow(int status) {
    return new Answer(status, TIMEOUT.dividedBy(2), null, null, null, false);
  }

  static Answer timeout() {
    return new Answer(0, TIMEOUT, "timeout", null, null, false);
  }

  static Answer closed() {
    return new Answer(0, Duration.ofMillis(5), "closed", null, null, false);
  }
}
