package io.busyhour.cli.simulate.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busyhour.cli.simulate.traffic.DailyShape.Hump;
import io.busyhour.event.CallEvent.Answered;
import io.busyhour.event.CallEvent.AnsweredBy;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Ended;
import io.busyhour.event.CallEvent.Ringing;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final int CALLS = 20_000;

  private static final Trunk FLAWLESS =
      new Trunk("t", "p", 1, 0, List.of(Fate.BROKEN), 1_000, "PCMU", 0.01, 5, 40, 0.6);

  @Test
  void busyHour_ofOneHump_isAroundIt() {
    DailyShape shape = new DailyShape(0.1, List.of(new Hump(14, 1, 1)));
    assertThat(DailyShape.busyHour(shape::at)).isEqualTo(LocalTime.of(13, 30));
    assertThat(DailyShape.peak(shape::at)).isCloseTo(1, within(1e-9));
  }

  @Test
  void at_nearMidnight_goesAround() {
    DailyShape shape = new DailyShape(0, List.of(new Hump(23.5, 1, 1)));
    assertThat(shape.at(LocalTime.of(0, 30)))
        .isCloseTo(shape.at(LocalTime.of(22, 30)), within(1e-9));
  }

  @Test
  void at_anyTime_isBetweenFloorAndOne() {
    for (Campaign campaign : Traffic.USUAL.campaigns()) {
      for (int hour = 0; hour < 24; hour++) {
        assertThat(campaign.day().at(LocalTime.of(hour, 0))).isBetween(campaign.day().floor(), 1.0);
      }
    }
  }

  @Test
  void intensity_hasItsBusyHourInTheMorningAndIsLowAtNight() {
    LocalTime busy = Traffic.USUAL.busyHour();
    assertThat(busy).isBetween(LocalTime.of(9, 0), LocalTime.of(12, 0));
    assertThat(Traffic.USUAL.intensity(busy.plusMinutes(30))).isGreaterThan(0.95);
    assertThat(Traffic.USUAL.intensity(LocalTime.of(3, 0))).isLessThan(0.2);
  }

  @Test
  void answerRate_overManyCalls_isTheCampaigns() {
    Campaign campaign = campaign(0.3, 0.4);
    List<Occurrence> told = calls(campaign, FLAWLESS);
    long answered = told.stream().filter(o -> o.event() instanceof Answered).count();
    assertThat(answered / (double) CALLS).isCloseTo(0.3, within(0.01));
  }

  @Test
  void machineRate_overManyCalls_isTheCampaigns() {
    List<AnsweredBy> by = new ArrayList<>();
    for (Occurrence occurrence : calls(campaign(0.9, 0.4), FLAWLESS)) {
      if (occurrence.event() instanceof Answered answered) {
        by.add(answered.answeredBy());
      }
    }
    double machines = by.stream().filter(b -> b == AnsweredBy.MACHINE).count();
    double known = by.stream().filter(b -> b != AnsweredBy.UNKNOWN).count();
    assertThat(machines / known).isCloseTo(0.4, within(0.015));
  }

  @Test
  void failureRate_overManyCalls_isTheTrunks() {
    Trunk bad = new Trunk("t", "p", 1, 0.2, List.of(Fate.BROKEN), 1_000, "G729", 0, 1, 1, 1);
    List<Ended> failed =
        endings(calls(campaign(0.5, 0), bad)).stream()
            .filter(ended -> ended.outcome() == Outcome.FAILED)
            .toList();
    assertThat(failed.size() / (double) CALLS).isCloseTo(0.2, within(0.01));
    assertThat(failed)
        .allMatch(ended -> ended.sipCode() == 500 && ended.q850Cause() == 41)
        .allMatch(ended -> ended.errorType().equals("sip_error"))
        .allMatch(ended -> ended.durationSeconds() == null && ended.cost() == null);
  }

  @Test
  void talkTime_ofPeople_hasTheCampaignsMedian() {
    List<Double> talk =
        endings(calls(campaign(1, 0), FLAWLESS)).stream()
            .filter(ended -> ended.outcome() == Outcome.COMPLETED)
            .map(Ended::durationSeconds)
            .sorted(Comparator.naturalOrder())
            .toList();
    assertThat(talk.get(talk.size() / 2)).isCloseTo(60, within(2.0));
    // Log-normal with sigma 0.8: one in forty talks longer than median x exp(1.96 x 0.8).
    assertThat(talk.get(talk.size() * 39 / 40)).isCloseTo(60 * Math.exp(1.96 * 0.8), within(25.0));
  }

  @Test
  void cost_isByStartedSixSeconds() {
    for (Ended ended : endings(calls(campaign(1, 0), FLAWLESS))) {
      if (ended.cost() != null) {
        double billed = Math.ceil(ended.durationSeconds() / 6) * 6;
        assertThat(ended.cost().doubleValue()).isCloseTo(billed / 60 * 0.006, within(1e-5));
      }
    }
  }

  @Test
  void postDialDelay_isTheTrunks() {
    List<Double> pdd =
        calls(campaign(1, 0), FLAWLESS).stream()
            .filter(o -> o.event() instanceof Ringing)
            .map(o -> ((Ringing) o.event()).pddMs())
            .sorted()
            .toList();
    assertThat(pdd).hasSize(CALLS);
    assertThat(pdd.get(CALLS / 2)).isCloseTo(1_000, within(25.0));
  }

  @Test
  void call_eventsHaveTheOrderOfACall() {
    for (int i = 0; i < 500; i++) {
      List<Occurrence> told = CallStory.of(campaign(0.7, 0.2), FLAWLESS, Instant.EPOCH, Dice.of(i));
      Instant answered = time(told, Answered.class);
      Instant ended = time(told, Ended.class);
      assertThat(told.getFirst().time()).isEqualTo(Instant.EPOCH);
      if (answered != null) {
        assertThat(answered).isAfter(time(told, Ringing.class));
      }
      if (answered != null && ended != null) {
        assertThat(ended).isAfter(answered);
      }
    }
  }

  @Test
  void conversation_sameDice_same() {
    LocalTime noon = LocalTime.NOON;
    assertThat(Traffic.USUAL.conversation(noon, Instant.EPOCH, Dice.of(1, 2)))
        .isEqualTo(Traffic.USUAL.conversation(noon, Instant.EPOCH, Dice.of(1, 2)))
        .isNotEqualTo(Traffic.USUAL.conversation(noon, Instant.EPOCH, Dice.of(2, 1)));
  }

  private static Campaign campaign(double answerRate, double machineRate) {
    DailyShape flat = new DailyShape(1, List.of());
    return new Campaign(
        "c", "a", "u", Direction.OUTBOUND, 1, answerRate, machineRate, 60, false, 100, flat);
  }

  private static List<Occurrence> calls(Campaign campaign, Trunk trunk) {
    List<Occurrence> told = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      told.addAll(CallStory.of(campaign, trunk, Instant.EPOCH, Dice.of(42, i)));
    }
    return told;
  }

  private static List<Ended> endings(List<Occurrence> told) {
    return told.stream()
        .filter(o -> o.event() instanceof Ended)
        .map(o -> (Ended) o.event())
        .toList();
  }

  private static Instant time(List<Occurrence> told, Class<?> kind) {
    return told.stream()
        .filter(o -> kind.isInstance(o.event()))
        .map(Occurrence::time)
        .findFirst()
        .orElse(null);
  }
}
