package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.Meters.SeriesState;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MetersProperties {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

  /** One update of some meters. */
  private record Update(int kind, String label, double value, int at) {
    void apply(Families families) {
      apply(families, new Exemplar("call_id", "c" + at, START.plusMillis(at)));
    }

    void applyWithoutExemplar(Families families) {
      apply(families, null);
    }

    private void apply(Families families, Exemplar exemplar) {
      switch (kind) {
        case 0 -> families.calls.add((long) Math.min(Math.abs(value), 1e15), label, "x");
        case 1 -> families.cost.add(BigDecimal.valueOf(Math.abs(value)), label);
        case 2 -> families.calls.add(1, exemplar, label, "y");
        case 3 -> families.talk.observe(value, label);
        default -> families.talk.observe(value, exemplar, label);
      }
    }
  }

  /** The families of one {@link Meters}. */
  private record Families(
      CounterFamily calls, CounterFamily cost, HistogramFamily talk, GaugeFamily pending) {
    static Families of(Meters meters) {
      return new Families(
          meters.counter("calls_total", "Calls.", "b", "a"),
          meters.counter("cost_total", "Dollars.", "a"),
          meters.histogram("talk_seconds", "Talk.", new double[] {0.1, 1, 60}, "a"),
          meters.gauge("pending", "Leads.", "a"));
    }
  }

  @Provide
  Arbitrary<List<Update>> updates() {
    Arbitrary<Double> values =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(-1e12, 1e12).ofScale(6),
            Arbitraries.doubles(), // of every magnitude
            Arbitraries.integers().between(0, 3000).map(i -> i / 1000.0));
    Arbitrary<Update> update =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.of("", "a", "b", "\"q\"\n\\", "\uD83D\uDCDE"),
                values.filter(value -> Math.abs(value) < 1e300),
                Arbitraries.integers().between(0, 5))
            .as(Update::new);
    return update.list().ofMaxSize(200);
  }

  @Property(tries = 200)
  void updates_inAnyOrderGiveTheSameBytes(
      @ForAll("updates") List<Update> updates, @ForAll Random random) {
    List<Update> shuffled = new ArrayList<>(updates);
    Collections.shuffle(shuffled, random);

    assertThat(applied(shuffled)).isEqualTo(applied(updates));
  }

  private static String everything(Meters meters) {
    return Exposed.everything(meters, name -> true);
  }

  private static String applied(List<Update> updates) {
    Meters meters = Meters.create(100, CLOCK);
    Families families = Families.of(meters);
    updates.forEach(update -> update.apply(families));
    return everything(meters);
  }

  @Property(tries = 200)
  void restart_atAnyPointChangesNothing(
      @ForAll("updates") List<Update> updates, @ForAll @IntRange(max = 200) int at) {
    int cut = Math.min(at, updates.size());
    Meters through = Meters.create(4, CLOCK);
    Families families = Families.of(through);
    Map<Long, SeriesState> store = new LinkedHashMap<>();
    updates.subList(0, cut).forEach(update -> update.applyWithoutExemplar(families));
    save(through, store);
    Meters restarted = Meters.create(4, Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC));
    Families again = Families.of(restarted);
    restarted.restore(store.values());

    assertThat(everything(restarted)).isEqualTo(everything(through));
    // What is new after the restart was created later; only the figures can be compared.
    updates.subList(cut, updates.size()).forEach(update -> update.applyWithoutExemplar(families));
    updates.subList(cut, updates.size()).forEach(update -> update.applyWithoutExemplar(again));
    assertThat(Exposed.text(restarted)).isEqualTo(Exposed.text(through));
  }

  private static void save(Meters meters, Map<Long, SeriesState> store) {
    for (SeriesState state : meters.changed()) {
      assertThat(store.containsKey(state.id())).isEqualTo(state.stored());
      if (state.gone()) {
        store.remove(state.id());
      } else {
        store.put(state.id(), state);
      }
    }
  }

  /** Sets, removes and saves in any order leave a store from which the same comes back. */
  @Property(tries = 200)
  void gauges_setAndRemovedAreRestored(
      @ForAll List<@IntRange(max = 8) Integer> steps, @ForAll Random random) {
    Meters meters = Meters.create(5, CLOCK);
    Families families = Families.of(meters);
    Map<Long, SeriesState> store = new LinkedHashMap<>();
    for (int step : steps) {
      switch (step) {
        case 8 -> save(meters, store);
        case 5, 6, 7 -> families.pending.remove("g" + random.nextInt(6));
        default -> families.pending.set(random.nextInt(100) / 4.0, "g" + random.nextInt(6));
      }
    }
    save(meters, store);
    Meters restarted = Meters.create(5, CLOCK);
    Families.of(restarted);
    restarted.restore(store.values());

    assertThat(Exposed.text(restarted)).isEqualTo(Exposed.text(meters));
  }

  @Property(tries = 100)
  void governor_keepsSumsExactAndSeriesFew(
      @ForAll @IntRange(min = 1, max = 20) int limit,
      @ForAll List<@IntRange(max = 40) Integer> ids) {
    Meters meters = Meters.create(limit, CLOCK);
    Families families = Families.of(meters);
    for (int id : ids) {
      families.calls.add(id, "c" + id, "u");
      families.talk.observe(id, "c" + id);
    }

    long total = ids.stream().mapToLong(Integer::longValue).sum();
    assertThat(Exposed.sum(meters, "calls_total")).isEqualTo((double) total);
    var talk = Exposed.family(meters, "talk_seconds").getDataPoints();
    assertThat(talk.size()).isLessThanOrEqualTo(limit);
    assertThat(Exposed.counter(meters, "calls_total").getDataPoints().size())
        .isLessThanOrEqualTo(limit);
  }

  @Property(tries = 500)
  void exactSum_isThatOfTheDecimals(@ForAll List<Double> any, @ForAll Random random) {
    double[] values =
        DoubleStream.concat(
                any.stream().mapToDouble(d -> d).filter(d -> Math.abs(d) < 1e290),
                random.ints(20, -5_000, 5_000).mapToDouble(i -> i / 1000.0))
            .toArray();
    ExactSum sum = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (double value : values) {
      sum.add(value);
      expected = expected.add(BigDecimal.valueOf(value));
    }

    assertThat(new BigDecimal(sum.toString())).isEqualByComparingTo(expected);
    assertThat(sum.value()).isEqualTo(expected.doubleValue());
    assertThat(ExactSum.parse(sum.toString()).value()).isEqualTo(sum.value());
  }

  @Property(tries = 300)
  void nativeBuckets_boundEveryValueAndStayFew(@ForAll List<Double> values) {
    NativeBuckets buckets = new NativeBuckets();
    values.forEach(value -> buckets.observe(value, 1));

    assertThat(buckets.count()).isEqualTo(values.size());
    if (buckets.schema() > NativeBuckets.COARSEST) {
      assertThat(buckets.positive().size() + buckets.negative().size())
          .isLessThanOrEqualTo(NativeBuckets.MOST);
    }
    for (double value : values) {
      if (value > NativeBuckets.ZERO_THRESHOLD) {
        assertThat(buckets.positive())
            .anyMatch(bucket -> within(value, bucket.getBucketIndex(), buckets.schema()));
      }
    }
  }

  /** With the tolerance of a logarithm, which the buckets themselves do without. */
  private static boolean within(double value, int index, int schema) {
    double position = Math.log(value) / Math.log(2) * Math.pow(2, schema);
    return position > index - 1 - 1e-9 && position <= index + 1e-9;
  }
}
