package io.busyhour.deliver.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.deliver.send.Answer;
import io.busyhour.deliver.work.Verdict.Again;
import io.busyhour.deliver.work.Verdict.Dead;
import io.busyhour.deliver.work.Verdict.Delivered;
import io.busyhour.deliver.work.Verdict.Gone;
import io.busyhour.deliver.work.Verdict.Reason;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final WorkSettings SETTINGS =
      Work.settings(0, Duration.ofSeconds(30), Duration.ofMinutes(1));

  private static Verdict of(Answer answer, int attempts, Duration age) {
    return Verdict.of(answer, attempts, age, SETTINGS, new Schedule(SETTINGS), new Random(1));
  }

  private static Verdict of(Answer answer) {
    return of(answer, 1, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void success_isDelivered(int status) {
    assertThat(of(Work.status(status))).isEqualTo(new Delivered());
    assertThat(of(Work.status(status), 99, Duration.ofDays(9))).isEqualTo(new Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 300, 302, 304, 307, 399, 408, 425, 429, 500, 502, 503, 599})
  void passing_isTriedAgain_thenExhausted(int status) {
    assertThat(of(Work.status(status))).isEqualTo(new Again(Duration.ofSeconds(30)));
    assertThat(of(Work.status(status), 2, Duration.ZERO))
        .isEqualTo(new Again(Duration.ofMinutes(1)));
    assertThat(of(Work.status(status), 3, Duration.ZERO)).isEqualTo(new Dead(Reason.EXHAUSTED));
    assertThat(of(Work.status(status), 4, Duration.ZERO)).isEqualTo(new Dead(Reason.EXHAUSTED));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 413, 415, 422, 451, 499})
  void otherRefusal_isDeadAtOnce(int status) {
    assertThat(of(Work.status(status))).isEqualTo(new Dead(Reason.REFUSED));
  }

  @Test
  void gone_isGone() {
    assertThat(of(Work.status(410))).isEqualTo(new Gone());
    assertThat(of(Work.status(410), 3, Duration.ofDays(9))).isEqualTo(new Gone());
  }

  @Test
  void retryAfter_isWaitedFor() {
    assertThat(of(Work.status(429, Duration.ofHours(2)))).isEqualTo(new Again(Duration.ofHours(2)));
    assertThat(of(Work.status(500, Duration.ofSeconds(1))))
        .isEqualTo(new Again(Duration.ofSeconds(30)));
  }

  @Test
  void nextAttempt_thatWouldBeTooLate_isNotMade() {
    Duration last = Duration.ofHours(24).minusSeconds(30);
    assertThat(of(Work.status(500), 1, last)).isEqualTo(new Again(Duration.ofSeconds(30)));
    assertThat(of(Work.status(500), 1, last.plusNanos(1))).isEqualTo(new Dead(Reason.EXPIRED));
    assertThat(of(Work.status(429, Duration.ofHours(24)), 1, Duration.ofSeconds(1)))
        .isEqualTo(new Dead(Reason.EXPIRED));
  }

  @Test
  void abortMessage_isDeadUnlessItSucceeded() {
    assertThat(of(aborting(500))).isEqualTo(new Dead(Reason.ABORTED));
    assertThat(of(aborting(429))).isEqualTo(new Dead(Reason.ABORTED));
    assertThat(of(aborting(410))).isEqualTo(new Gone());
    assertThat(of(aborting(200))).isEqualTo(new Delivered());
  }

  private static Answer aborting(int status) {
    return new Answer(status, Duration.ZERO, null, null, null, true);
  }

  @Test
  void reason_hasAWord() {
    assertThat(Reason.values())
        .extracting(Reason::word)
        .containsExactly("exhausted", "expired", "refused", "aborted");
  }
}
