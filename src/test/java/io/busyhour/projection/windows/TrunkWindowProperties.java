package io.busyhour.projection.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.Outcome;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** ASR, ACD, NER and short calls against sums over the plain list of calls. */
class TrunkWindowProperties {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Map<String, Long> WINDOWS = Map.of("5m", 300L, "1h", 3_600L, "24h", 86_400L);

  /** A call that ended so long ago, as it is said, and perhaps as it is said in the end. */
  record Ended(String account, String trunk, long ago, Outcome outcome, boolean rang, int talk) {}

  record Said(Ended first, Ended last) {}

  private static CallRecord call(int number, Ended ended) {
    Instant at = NOON.minusSeconds(ended.ago());
    Instant ringing = ended.rang() ? at.minusSeconds(2_000) : null;
    Beginning beginning =
        new Beginning(
            ended.account(),
            null,
            null,
            ended.trunk(),
            "p",
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Double talk = ended.outcome() == Outcome.COMPLETED ? Double.valueOf(ended.talk()) : null;
    return new CallRecord(
        "call-" + number,
        "test",
        beginning,
        new CallRecord.Times(at, at, null, ringing, null, at),
        new CallRecord.End(
            ended.outcome(), null, null, null, talk, null, null, null, null, null, false),
        null,
        null,
        null);
  }

  @Property(tries = 200)
  void ratios_areThoseOfABruteForceModel(@ForAll("days") List<Said> day) {
    Meters meters = Meters.create(1_000, Clock.fixed(NOON, ZoneOffset.UTC));
    TrunkWindow window = new TrunkWindow(meters, 1_000, Clock.fixed(NOON, ZoneOffset.UTC));
    WindowStore store = new WindowStore(window.windows());
    for (int i = 0; i < day.size(); i++) {
      CallRecord first = call(i, day.get(i).first());
      window.on(change(null, first), NOON, store);
      if (day.get(i).last() != null) {
        window.on(change(first, call(i, day.get(i).last())), NOON, store);
      }
    }
    List<Ended> stands =
        day.stream().map(said -> said.last() == null ? said.first() : said.last()).toList();
    check(meters, "warp_asr_ratio", stands, in -> share(in, this::answered));
    check(meters, "warp_asr_attempts", stands, in -> (double) in.size());
    check(meters, "warp_ner_ratio", stands, in -> share(in, this::effective));
    check(
        meters,
        "warp_acd_seconds",
        stands,
        in ->
            in.stream().filter(e -> e.outcome() == Outcome.COMPLETED).count() == 0
                ? null
                : in.stream()
                    .filter(e -> e.outcome() == Outcome.COMPLETED)
                    .mapToInt(Ended::talk)
                    .average()
                    .orElseThrow());
    check(
        meters,
        "warp_short_call_ratio",
        stands,
        in -> {
          List<Ended> timed = in.stream().filter(e -> e.outcome() == Outcome.COMPLETED).toList();
          return timed.isEmpty() ? null : share(timed, e -> e.talk() < 6);
        });
  }

  private static CallChange change(CallRecord before, CallRecord after) {
    return new CallChange(before, after, Set.of(), null, Set.of());
  }

  private static Double share(List<Ended> in, Predicate<Ended> what) {
    return in.isEmpty() ? null : (double) in.stream().filter(what).count() / in.size();
  }

  private boolean answered(Ended e) {
    return e.outcome() == Outcome.COMPLETED || e.outcome() == Outcome.ABANDONED;
  }

  private boolean effective(Ended e) {
    return switch (e.outcome()) {
      case COMPLETED, ABANDONED, BUSY, REJECTED, NO_ANSWER -> true;
      case CANCELED, TIMEOUT -> e.rang();
      case FAILED -> false;
    };
  }

  private void check(
      Meters meters, String family, List<Ended> calls, Function<List<Ended>, Double> model) {
    Map<String, Double> expected = new HashMap<>();
    WINDOWS.forEach(
        (name, seconds) -> {
          long step = name.equals("24h") ? 300 : 10;
          calls.stream()
              .filter(e -> isIn(e.ago(), seconds, step))
              .collect(Collectors.groupingBy(e -> e.account() + "/" + e.trunk() + "/" + name))
              .forEach(
                  (labels, in) -> {
                    Double value = model.apply(in);
                    if (value != null) {
                      expected.put(labels, value);
                    }
                  });
        });
    Map<String, Double> shown = new HashMap<>();
    for (MetricSnapshot snapshot : meters.snapshots(family::equals)) {
      for (GaugeSnapshot.GaugeDataPointSnapshot point :
          ((GaugeSnapshot) snapshot).getDataPoints()) {
        String labels =
            point.getLabels().get("account")
                + "/"
                + point.getLabels().get("trunk")
                + "/"
                + point.getLabels().get("window");
        assertThat(shown.put(labels, point.getValue())).as(labels).isNull();
      }
    }
    assertThat(shown.keySet()).as(family).isEqualTo(expected.keySet());
    expected.forEach(
        (labels, value) -> assertThat(shown.get(labels)).as(labels).isCloseTo(value, within(1e-9)));
  }

  /** Whether the step in which it ended began within the window. */
  private static boolean isIn(long ago, long window, long step) {
    long start = Math.floorDiv(NOON.getEpochSecond() - ago, step) * step;
    return start > NOON.getEpochSecond() - window && start <= NOON.getEpochSecond();
  }

  @Provide
  Arbitrary<List<Said>> days() {
    return Combinators.combine(ended(), ended().injectNull(0.7)).as(Said::new).list().ofMaxSize(40);
  }

  private static Arbitrary<Ended> ended() {
    return Combinators.combine(
            Arbitraries.of("acme", "zeta"),
            Arbitraries.of("t1", "t2"),
            Arbitraries.oneOf(
                Arbitraries.longs().between(-20, 320),
                Arbitraries.longs().between(0, 3_700),
                Arbitraries.longs().between(0, 90_000)),
            Arbitraries.of(Outcome.class),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 100))
        .as(Ended::new);
  }
}
