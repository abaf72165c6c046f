package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.journal.FaultyDatabase.Fault;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.windows.rollup.Detail;
import io.busyhour.projection.windows.rollup.Figure;
import io.busyhour.projection.windows.rollup.Figures;
import io.busyhour.projection.windows.rollup.Kind;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.projection.windows.rollup.Rollups.Moment;
import io.busyhour.projection.windows.rollup.Rollups.Span;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of hours and days against the calls themselves, gone through one by one. */
class RollupsTest {
  private static final int CALLS = 300;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant FROM = NOON.minus(DAY);
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void figures_areThoseOfTheCalls(long seed) {
    List<Occurrence> events = events(new Random(seed));
    try (Stage stage = new Stage()) {
      int half = events.size() / 2;
      events.subList(0, half).forEach(stage.journal::receive);
      stage.settle();
      assertFigures(stage);
      // What comes now corrects spans that are over, some of which are not in memory any more.
      stage.restart();
      events.subList(half, events.size()).forEach(stage.journal::receive);
      stage.settle();
      assertFigures(stage);
    }
  }

  private static List<Occurrence> events(Random random) {
    List<Occurrence> events = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      call("c" + i, random, events);
    }
    Collections.shuffle(events, random);
    return events;
  }

  @Test
  void callsOfBeforeThereWereFigures_areCounted() throws SQLException {
    assertUpgraded(EmptyTables.nothing());
  }

  /** Calls that an earlier version stored end, and are corrected, after the upgrade. */
  static void assertUpgraded(DataSource empty) throws SQLException {
    List<Occurrence> late = events(new Random(1));
    List<Occurrence> early = new ArrayList<>(late.subList(0, late.size() / 2));
    early.removeIf(said -> said.event() instanceof CallEvent.Reaped); // there was no reaper then
    late.removeAll(early);
    try (Stage fresh = new Stage()) {
      early.forEach(fresh.journal::receive);
      fresh.settle();
      Before.version("15", fresh.database, empty);
      try (Stage upgraded = new Stage(empty, fresh.journal)) {
        upgraded.catchUp();
        assertFigures(upgraded);
        assertThat(latestEnds(upgraded)).hasSize(20).isEqualTo(latestEnds(fresh));
        // What was counted is not counted again.
        upgraded.restart();
        late.forEach(fresh.journal::receive);
        fresh.settle();
        upgraded.settle();
        assertFigures(upgraded);
        assertThat(latestEnds(upgraded)).hasSize(20).isEqualTo(latestEnds(fresh));
      }
    }
  }

  private static List<Outcome> latestEnds(Stage stage) {
    try (Moment moment = new Rollups(stage.database).moment()) {
      return moment.latestEnds(Instant.EPOCH, 20);
    }
  }

  @Test
  void figures_afterAFailedCommit_areThoseOfTheLast() {
    try (Stage stage = new Stage()) {
      stage.journal.receive(event("call.initiated", "a", 10, Map.of()));
      stage.catchUp();
      stage.database.set(Fault.COMMIT_FAILS);
      stage.journal.receive(event("call.ended", "a", 20, Map.of("outcome", "busy")));
      Stage.until(() -> stage.progress().failure() != null);
      stage.database.set(Fault.NONE);
      stage.journal.receive(event("call.initiated", "b", 30, Map.of()));
      stage.settle();
      try (Moment moment = new Rollups(stage.database).moment()) {
        Figures day = moment.started(FROM, NOON.plus(DAY), Detail.COUNTS);
        assertThat(day.count(Figure.TOTAL)).isEqualTo(2);
        assertThat(day.count(Figure.BUSY)).isEqualTo(1);
        assertThat(day.count(Figure.ACTIVE)).isEqualTo(1);
      }
    }
  }

  private static Occurrence event(String type, String call, long second, Map<String, ?> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.put("call_id", call);
    return said(type, NOON.plusSeconds(second), data);
  }

  /** One call of the last weeks, most of them of the last two days, told in part. */
  private static void call(String id, Random random, List<Occurrence> into) {
    long start = -random.nextInt(random.nextInt(4) == 0 ? 95 * 86_400 : 2 * 86_400);
    Map<String, Object> beginning = new HashMap<>();
    sometimes(random, () -> beginning.put("campaign_id", "k" + random.nextInt(4)));
    sometimes(random, () -> beginning.put("account", "acme" + random.nextInt(3)));
    sometimes(
        random, () -> beginning.put("direction", random.nextBoolean() ? "inbound" : "outbound"));
    sometimes(random, () -> into.add(event("call.initiated", id, start, beginning)));
    sometimes(random, () -> into.add(event("call.ringing", id, start + 3, Map.of())));
    sometimes(random, () -> into.add(event("call.answered", id, start + 9, Map.of())));
    sometimes(random, () -> into.add(quality(id, start, random)));
    if (random.nextInt(6) == 0) {
      into.add(event("call.reaped", id, start + 14_400, Map.of()));
    }
    sometimes(random, () -> into.add(end(id, start, random)));
    sometimes(random, () -> into.add(end(id, start, random)));
    into.add(event("call.ringing", id, start + 4, Map.of()));
  }

  private static void sometimes(Random random, Runnable what) {
    if (random.nextInt(4) > 0) {
      what.run();
    }
  }

  private static Occurrence quality(String id, long start, Random random) {
    Map<String, Object> said = new HashMap<>(Map.of("packet_loss", random.nextInt(50) / 1000.0));
    sometimes(random, () -> said.put("mos", 1 + random.nextInt(40) / 10.0));
    return event("call.quality", id, start + 60, said);
  }

  private static Occurrence end(String id, long start, Random random) {
    Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
    Map<String, Object> said = new HashMap<>(Map.of("outcome", Words.of(outcome)));
    double talk = Math.round(Math.exp(random.nextGaussian() * 1.5 + 4) * 1000) / 1000.0;
    sometimes(random, () -> said.put("duration_seconds", talk));
    sometimes(random, () -> said.put("has_transcript", random.nextBoolean()));
    sometimes(random, () -> said.put("sip_code", 500 + random.nextInt(5)));
    if (random.nextInt(4) == 0) {
      said.put("error_type", "trunk_" + random.nextInt(3));
    }
    return event("call.ended", id, start + 10 + (long) talk, said);
  }

  private static void assertFigures(Stage stage) {
    List<CallRecord> calls =
        IntStream.range(0, CALLS)
            .mapToObj(i -> stage.book.call("c" + i))
            .flatMap(Optional::stream)
            .toList();
    assertThat(calls).hasSizeGreaterThan(CALLS / 2);
    Instant now = NOON.plusSeconds(5);
    try (Moment moment = new Rollups(stage.database).moment()) {
      assertSame(
          moment.started(FROM, now, Detail.PERCENTILES),
          started(calls, FROM, now.plus(Duration.ofMinutes(5))));
      assertSame(
          moment.started(FROM.minus(DAY), FROM, Detail.PERCENTILES),
          started(calls, FROM.minus(DAY), FROM));
      Instant hourAgo = NOON.minus(Duration.ofHours(1));
      assertSame(
          moment.ended(hourAgo, now, Detail.PERCENTILES),
          calls.stream()
              .filter(call -> !call.isOpen() && isWithin(call.times().ended(), hourAgo, now))
              .toList());
      assertSpans(
          moment.hours(Kind.STARTED, "", now, 2160, Detail.PERCENTILES), calls, call -> true, 2160);
      assertSpans(
          moment.days(Kind.STARTED, "", now, 100, Detail.PERCENTILES), calls, call -> true, 100);
      assertSpans(
          moment.hours(Kind.CAMPAIGN, "k1", now, 48, Detail.PERCENTILES),
          calls,
          call -> "k1".equals(call.beginning().campaignId()),
          48);
      assertSpans(
          moment.days(Kind.ACCOUNT, "acme2", now, 7, Detail.PERCENTILES),
          calls,
          call -> "acme2".equals(call.beginning().account()),
          7);
      assertLargest(moment, calls, now);
    }
  }

  private static void assertLargest(Moment moment, List<CallRecord> calls, Instant now) {
    List<CallRecord> day = started(calls, FROM, now.plus(Duration.ofMinutes(5)));
    assertThat(moment.failures(FROM, now, 100)).isEqualTo(totals(day, Kind::failure));
    Map<String, Figures> campaigns = moment.largest(Kind.CAMPAIGN, FROM, now, 2);
    List<Map.Entry<String, Long>> expected =
        totals(day, call -> call.beginning().campaignId()).entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(2)
            .toList();
    assertThat(campaigns.keySet())
        .containsExactlyElementsOf(expected.stream().map(Map.Entry::getKey).toList());
    expected.forEach(
        each ->
            assertThat(campaigns.get(each.getKey()).count(Figure.TOTAL))
                .isEqualTo(each.getValue()));
    Figures counts = moment.started(FROM, now, Detail.COUNTS);
    assertThat(counts.averageTalk())
        .isEqualTo(moment.started(FROM, now, Detail.PERCENTILES).averageTalk());
    assertThat(counts.talk(0.5)).isNull();
  }

  private static Map<String, Long> totals(
      List<CallRecord> calls, Function<CallRecord, String> label) {
    return calls.stream()
        .map(label)
        .filter(Objects::nonNull)
        .collect(Collectors.groupingBy(found -> found, Collectors.counting()));
  }

  private static List<CallRecord> started(List<CallRecord> calls, Instant from, Instant until) {
    return calls.stream().filter(call -> isWithin(call.startedAt(), from, until)).toList();
  }

  private static boolean isWithin(Instant time, Instant from, Instant until) {
    return !time.isBefore(from) && time.isBefore(until);
  }

  private static void assertSpans(
      List<Span> spans, List<CallRecord> calls, Predicate<CallRecord> which, int count) {
    assertThat(spans).hasSize(count);
    Duration step = Duration.between(spans.get(0).start(), spans.get(1).start());
    for (Span span : spans) {
      List<CallRecord> own =
          started(calls, span.start(), span.start().plus(step)).stream().filter(which).toList();
      assertSame(span.figures(), own);
    }
  }

  private static void assertSame(Figures figures, List<CallRecord> calls) {
    assertThat(figures.count(Figure.TOTAL)).isEqualTo(calls.size());
    for (Outcome outcome : Outcome.values()) {
      assertThat(figures.count(Figure.of(outcome)))
          .isEqualTo(count(calls, call -> call.end().outcome() == outcome));
    }
    assertThat(figures.count(Figure.ACTIVE)).isEqualTo(count(calls, CallRecord::isOpen));
    assertThat(figures.count(Figure.REAPED)).isEqualTo(count(calls, call -> call.end().reaped()));
    List<CallRecord> ended = calls.stream().filter(CallRecord::isEndedForReal).toList();
    assertThat(figures.ended()).isEqualTo(ended.size());
    assertRate(figures.successRate(), ended, call -> call.end().outcome() == Outcome.COMPLETED);
    assertRate(figures.asr(), ended, CallRecord::isAnswered);
    assertRate(figures.ner(), ended, CallRecord::isEffective);
    assertRate(
        figures.transcriptRate(),
        calls.stream().filter(call -> call.end().hasTranscript() != null).toList(),
        call -> call.end().hasTranscript());
    assertAverage(figures.acd(), ended, call -> call.isAnswered() ? call.talkSeconds() : null);
    assertAverage(figures.mos(), calls, call -> call.sound().mos());
    assertAverage(figures.loss(), calls, call -> call.sound().packetLoss());
    assertTalks(
        figures,
        calls.stream()
            .filter(call -> call.end().outcome() == Outcome.COMPLETED)
            .map(CallRecord::talkSeconds)
            .filter(Objects::nonNull)
            .sorted()
            .toList());
  }

  private static long count(List<CallRecord> calls, Predicate<CallRecord> which) {
    return calls.stream().filter(which).count();
  }

  private static void assertRate(Double rate, List<CallRecord> of, Predicate<CallRecord> which) {
    assertThat(rate).isEqualTo(of.isEmpty() ? null : (double) count(of, which) / of.size());
  }

  private static void assertAverage(
      Double average, List<CallRecord> of, Function<CallRecord, Double> value) {
    double[] values = of.stream().map(value).filter(Objects::nonNull).mapToDouble(v -> v).toArray();
    if (values.length == 0) {
      assertThat(average).isNull();
    } else {
      double exact = Arrays.stream(values).average().orElseThrow();
      assertThat(average).isCloseTo(exact, within(1e-9));
    }
  }

  private static void assertTalks(Figures figures, List<Double> talks) {
    assertThat(figures.talks()).isEqualTo(talks.size());
    if (talks.isEmpty()) {
      assertThat(figures.averageTalk()).isNull();
      assertThat(figures.talk(0.5)).isNull();
      return;
    }
    double sum = talks.stream().mapToDouble(talk -> talk).sum();
    assertThat(figures.talkSeconds().doubleValue()).isCloseTo(sum, within(1e-6));
    for (double share : new double[] {0, 0.5, 0.95, 0.99, 1}) {
      double exact = talks.get((int) (share * (talks.size() - 1)));
      assertThat(figures.talk(share)).isCloseTo(exact, within(0.0101 * exact));
    }
  }
}
