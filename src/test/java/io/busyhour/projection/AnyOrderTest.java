package io.busyhour.projection;

import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.cli.simulate.SimulatedDay;
import io.busyhour.cli.simulate.SimulatedDay.Sent;
import io.busyhour.event.CallEvent;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A generated day of traffic of every type: any order and repetition of it is the same day. */
class AnyOrderTest {
  private static final int EVENTS = 2_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void day_inAnyOrderAndWithRepeats_givesTheSameScrape(long seed) {
    assertAnyOrder(SimulatedDay.before(NOON, seed, EVENTS), seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void day_whoseEndsAreToldByWhoMayNotKnow_givesTheSameScrape(long seed) {
    List<Sent> day = new ArrayList<>();
    for (Sent sent : SimulatedDay.before(NOON, seed, EVENTS)) {
      if (!(sent.occurrence().event() instanceof CallEvent.Ended ended)) {
        day.add(sent);
        continue;
      }
      // Of one call this is told, of another that, of a third both.
      int kind = Math.floorMod(ended.callId().hashCode(), 3);
      if (kind > 0) {
        day.add(released(sent, ended));
      }
      if (kind < 2) {
        day.add(sent);
      }
    }
    assertAnyOrder(day, seed);
  }

  private static Sent released(Sent sent, CallEvent.Ended ended) {
    boolean taken = ended.outcome() == Outcome.COMPLETED || ended.outcome() == Outcome.ABANDONED;
    CallEvent.Released released =
        new CallEvent.Released(
            ended.callId(),
            taken ? null : ended.outcome(),
            taken ? null : ended.sipCode(),
            null,
            taken ? Boolean.TRUE : null,
            ended.beginning());
    return new Sent(
        new EventKey(sent.key().source(), "released " + sent.key().id()),
        Occurrence.of(sent.occurrence().time().plusMillis(250), released));
  }

  private static void assertAnyOrder(List<Sent> day, long seed) {
    List<String> expected = settled(day, false);
    Random random = new Random(seed);
    for (int round = 0; round < 2; round++) {
      List<Sent> again = new ArrayList<>(day);
      day.stream().filter(sent -> random.nextInt(4) == 0).forEach(again::add);
      Collections.shuffle(again, random);
      assertThat(settled(again, round == 1)).isEqualTo(expected);
    }
  }

  @Test
  void day_hasEveryFamilyInIt() {
    List<String> scrape = settled(SimulatedDay.before(NOON, 1, EVENTS), false);
    assertThat(scrape).hasSizeGreaterThan(1_000).noneMatch(line -> line.contains("NaN"));
  }

  /** The scrape when all was received and has settled, with a restart in the middle or without. */
  private static List<String> settled(List<Sent> events, boolean restart) {
    try (Stage stage = new Stage()) {
      for (int i = 0; i < events.size(); i++) {
        Sent sent = events.get(i);
        stage.journal.receive(Delivery.of(sent.key(), sent.occurrence()));
        if (restart && i == events.size() / 2) {
          stage.catchUp();
          stage.restart();
        }
      }
      stage.settle();
      stage.pass(Duration.ofMinutes(3));
      return Arrays.asList(stage.scrape().split("\n", -1));
    }
  }
}
