package io.busyhour.deliver.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.deliver.send.Answer;
import io.busyhour.deliver.work.Breaker.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T16:00:00Z");
  private static final WorkSettings SETTINGS = Work.settings(0, Duration.ofSeconds(30));

  private Breaker breaker = new Breaker(SETTINGS);
  private Instant now = NOW;

  private void attempt(Answer answer) {
    breaker.begun();
    breaker.ended(answer, now);
  }

  private void attempts(int count, Answer answer) {
    for (int i = 0; i < count; i++) {
      attempt(answer);
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void is(State state, int permits) {
    assertThat(breaker.state(now)).isEqualTo(state);
    assertThat(breaker.permits(now)).isEqualTo(permits);
  }

  @Test
  void success_growsToThePartnersShare() {
    is(State.CLOSED, 1);
    for (int permits = 2; permits <= Work.PER_PARTNER; permits++) {
      attempt(Work.status(200));
      is(State.CLOSED, permits);
    }
    attempts(5, Work.status(200));
    is(State.CLOSED, Work.PER_PARTNER);
  }

  @Test
  void attempt_underWay_takesAPermit() {
    attempts(9, Work.status(200));
    breaker.begun();
    breaker.begun();
    is(State.CLOSED, 6);
    breaker.dropped();
    is(State.CLOSED, 7);
  }

  @Test
  void timeout_fallsToOne_andOtherFailuresToHalf() {
    attempts(9, Work.status(200));
    attempt(Work.closed());
    is(State.CLOSED, 4);
    attempt(Work.status(500));
    is(State.CLOSED, 2);
    attempts(9, Work.status(200));
    attempt(Work.timeout());
    is(State.CLOSED, 1);
  }

  @Test
  void slowAnswer_fallsToOne_andDoesNotOpen() {
    attempts(9, Work.status(200));
    attempts(9, Work.slow(200));
    is(State.CLOSED, 1);
  }

  @Test
  void refusalOfThePayload_isAnAnswer() {
    attempts(3, Work.status(200));
    attempts(9, Work.status(400));
    is(State.CLOSED, 4);
    attempts(4, Work.closed());
    attempt(Work.status(422));
    attempts(4, Work.closed());
    is(State.CLOSED, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 302, 408, 425, 429, 500, 503})
  void failures_fiveInARow_open(int status) {
    attempts(4, Work.status(status));
    is(State.CLOSED, 1);
    attempt(Work.status(status));
    is(State.OPEN, 0);
    assertThat(breaker.notBefore()).isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void success_betweenFailures_beginsAnew() {
    attempts(4, Work.closed());
    attempt(Work.status(200));
    attempts(4, Work.closed());
    is(State.CLOSED, 1);
  }

  @Test
  void opened_isTriedByOneAtATime_andOpensForLonger() {
    attempts(5, Work.closed());
    for (int seconds : new int[] {30, 60, 120, 240, 480, 600, 600}) {
      assertThat(breaker.notBefore()).isEqualTo(now.plusSeconds(seconds));
      pass(Duration.ofSeconds(seconds).minusNanos(1));
      is(State.OPEN, 0);
      pass(Duration.ofNanos(1));
      is(State.HALF_OPEN, 1);
      breaker.begun();
      is(State.HALF_OPEN, 0);
      breaker.ended(Work.closed(), now);
      is(State.OPEN, 0);
    }
  }

  @Test
  void opened_closesWithTheFirstAnswer_andForgetsHowLongItWasOpen() {
    attempts(5, Work.closed());
    pass(Duration.ofSeconds(30));
    attempt(Work.closed());
    pass(Duration.ofSeconds(60));
    attempt(Work.status(200));
    is(State.CLOSED, 2);
    attempts(5, Work.closed());
    assertThat(breaker.notBefore()).isEqualTo(now.plusSeconds(30));
  }

  @Test
  void attempts_thatBeganBeforeItOpened_sayNothingNew() {
    attempts(9, Work.status(200));
    for (int i = 0; i < 8; i++) {
      breaker.begun();
    }
    for (int i = 0; i < 7; i++) {
      breaker.ended(Work.closed(), now);
    }
    pass(Duration.ofSeconds(30));
    // The last is still under way: no other is made beside it.
    is(State.HALF_OPEN, 0);
    breaker.ended(Work.timeout(), now);
    is(State.HALF_OPEN, 1);
    attempt(Work.timeout());
    assertThat(breaker.notBefore()).isEqualTo(now.plusSeconds(60));
  }

  @Test
  void probe_thatWasDropped_leavesRoomForAnother() {
    attempts(5, Work.closed());
    pass(Duration.ofSeconds(30));
    breaker.begun();
    breaker.dropped();
    is(State.HALF_OPEN, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void retryAfter_holdsTheEndpoint_andOpensNothing(int status) {
    attempts(9, Work.status(200));
    attempts(5, Work.status(status, Duration.ofSeconds(7)));
    is(State.CLOSED, 0);
    assertThat(breaker.notBefore()).isEqualTo(NOW.plusSeconds(7));
    attempt(Work.status(status, Duration.ofSeconds(2))); // a shorter one does not end it
    attempt(Work.status(200)); // nor does a success that was under way
    pass(Duration.ofSeconds(6));
    is(State.CLOSED, 0);
    pass(Duration.ofSeconds(1));
    is(State.CLOSED, 2);
  }

  @Test
  void retryAfter_ofOtherAnswers_isTheirDeliverysOnly() {
    attempt(Work.status(500, Duration.ofHours(1)));
    is(State.CLOSED, 1);
  }

  /** What a run of attempts, each one that may be made, can never do. */
  @Property
  void anyAnswers_keepWithinTheLimits(
      @ForAll("steps") @Size(max = 300) List<Tuple.Tuple2<Answer, Integer>> steps) {
    breaker = new Breaker(SETTINGS); // one instance of this class makes all tries
    int inFlight = 0;
    for (Tuple.Tuple2<Answer, Integer> step : steps) {
      pass(Duration.ofSeconds(step.get2()));
      int permits = breaker.permits(now);
      assertThat(permits + inFlight).isLessThanOrEqualTo(Work.PER_PARTNER);
      assertThat(breaker.state(now) == State.OPEN).isEqualTo(isClosedToAll(breaker, now));
      if (permits > 0) {
        assertThat(breaker.notBefore()).isBeforeOrEqualTo(now);
        breaker.begun();
        inFlight++;
      }
      if (inFlight > 0 && step.get2() % 2 == 0) {
        breaker.ended(step.get1(), now);
        inFlight--;
      }
      // There is always a time from which on it is tried.
      Instant later = now.plus(Duration.ofDays(2));
      assertThat(inFlight + breaker.permits(later)).isPositive();
    }
  }

  private static boolean isClosedToAll(Breaker breaker, Instant now) {
    return breaker.state(now) != State.CLOSED && breaker.notBefore().isAfter(now);
  }

  @Provide
  Arbitrary<List<Tuple.Tuple2<Answer, Integer>>> steps() {
    Arbitrary<Answer> answers =
        Arbitraries.of(
            Work.status(200),
            Work.status(400),
            Work.status(500),
            Work.status(429, Duration.ofSeconds(40)),
            Work.slow(200),
            Work.timeout(),
            Work.closed());
    Arbitrary<Integer> seconds = Arbitraries.of(0, 0, 0, 1, 2, 31, 700);
    return answers.tuple1().flatMap(a -> seconds.map(s -> Tuple.of(a.get1(), s))).list();
  }
}
