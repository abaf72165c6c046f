package io.busyhour.projection.calls.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.DialerEvent;
import io.busyhour.event.DialerEvent.Leg;
import io.busyhour.event.DialerEvent.Requested;
import io.busyhour.event.DialerEvent.Responded;
import io.busyhour.event.DialerEvent.Result;
import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Timer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TimerRowProperties {
  private static final long START = 1_763_640_000_000_000L;
  private static final long SETTLE = 30_000_000;
  private static final long TIMEOUT = 120_000_000;

  record Heard(DialerEvent event, long at) {}

  /** What a row says, and what it ever counted, each as often as it did. */
  record Told(Timer timer, List<Contribution> counted) {}

  @Property(tries = 500)
  void merge_anyOrderAndRepetition_givesTheSameRow(
      @ForAll("contradictions") List<Heard> story, @ForAll Random random) {
    assertThat(fold(again(story, random)).timer()).isEqualTo(fold(story).timer());
  }

  @Property(tries = 500)
  void count_anyOrderAndRepetition_makesTheSameContributionsOnce(
      @ForAll("timers") List<Heard> story, @ForAll Random random) {
    Told expected = fold(story);
    assertThat(fold(again(story, random))).isEqualTo(expected);
    assertThat(expected.counted()).doesNotHaveDuplicates();
    boolean asked = expected.timer().request() != null;
    Set<Contribution> ends = EnumSet.copyOf(List.of(Contribution.ANSWER, Contribution.ABANDONMENT));
    assertThat(expected.counted().stream().filter(ends::contains).count()).isEqualTo(asked ? 1 : 0);
    assertThat(expected.counted().contains(Contribution.REQUEST)).isEqualTo(asked);
    assertThat(expected.counted().contains(Contribution.RESPONSE))
        .isEqualTo(expected.timer().response() != null);
  }

  private static List<Heard> again(List<Heard> story, Random random) {
    List<Heard> again = new ArrayList<>(story);
    story.stream().filter(heard -> random.nextBoolean()).forEach(again::add);
    Collections.shuffle(again, random);
    return again;
  }

  /** All of it is received within the time to settle; then time passes. */
  private static Told fold(List<Heard> story) {
    TimerRow row = new TimerRow("r");
    List<Contribution> counted = new ArrayList<>();
    long now = START + 600_000_000;
    for (Heard heard : story) {
      now += 1_000_000;
      row.merge(heard.event(), heard.at(), now);
      counted.addAll(row.count(now, SETTLE, TIMEOUT));
    }
    while (row.counted.due != null) {
      assertThat(row.counted.due).isGreaterThan(now);
      now = row.counted.due;
      counted.addAll(row.count(now, SETTLE, TIMEOUT));
    }
    Collections.sort(counted);
    return new Told(row.toRecord(), counted);
  }

  @Provide
  Arbitrary<List<Heard>> contradictions() {
    return Combinators.combine(Arbitraries.oneOf(requests(), responses()), seconds())
        .as((event, second) -> new Heard(event, START + second * 1_000_000))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  /** At most one request and one response, at times on both sides of the time-out. */
  @Provide
  Arbitrary<List<Heard>> timers() {
    Arbitrary<Heard> request =
        Combinators.combine(requests(), seconds())
            .as((event, second) -> new Heard(event, START + second * 1_000_000));
    Arbitrary<Heard> response =
        Combinators.combine(responses(), seconds())
            .as((event, second) -> new Heard(event, START + second * 1_000_000));
    return Combinators.combine(request, response, Arbitraries.of(1, 2, 3))
        .as(
            (one, other, which) ->
                which == 1 ? List.of(one) : which == 2 ? List.of(other) : List.of(one, other));
  }

  private static Arbitrary<Long> seconds() {
    return Arbitraries.of(0L, 1L, 119L, 120L, 121L);
  }

  private static Arbitrary<DialerEvent> requests() {
    Arbitrary<String> few = Arbitraries.of("x", "Y").injectNull(0.4);
    return Combinators.combine(Arbitraries.of(Leg.class), few, few, few, few)
        .as(
            (leg, account, type, session, phone) ->
                new Requested("r", leg, account, null, type, session, null, phone));
  }

  private static Arbitrary<DialerEvent> responses() {
    return Combinators.combine(
            Arbitraries.of(Result.class), Arbitraries.of(200, 500).injectNull(0.3))
        .as((result, status) -> new Responded("r", result, status));
  }
}
