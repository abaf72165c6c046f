package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
<<<<<<< HEAD
import static org.assertj.core.api.Assertions.tuple;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.Meters.SeriesState;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.math.BigDecimal;
=======

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
>>>>>>> meters
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
<<<<<<< HEAD
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
=======
>>>>>>> meters

class MetersTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
  private static final double[] SECONDS = {0.1, 1, 10};

  private final Meters meters = Meters.create(10, CLOCK);

<<<<<<< HEAD
  // Counters

  @Test
  void counter_addsExactDecimals() {
    CounterFamily cost = meters.counter("campaign_cost_total", "Dollars.", "campaign_id");
    for (int i = 0; i < 10; i++) {
      cost.add(new BigDecimal("0.1"), "a");
    }
    cost.add(new BigDecimal("1E+20"), "a");
    cost.add(new BigDecimal("-0"), "a");

    assertThat(saved("campaign_cost_total")).endsWith(";100000000000000000001");
    cost.add(Long.MAX_VALUE, "b");
    cost.add(Long.MAX_VALUE, "b");
    assertThat(saved("campaign_cost_total")).endsWith(";18446744073709551614");
  }

  @Test
  void counter_withoutLabelsStartsAtZero() {
    meters.counter("voice_calls_total", "Calls.");

    assertThat(Exposed.text(meters)).contains("\nvoice_calls_total 0.0\n");
  }

  @Test
  void counter_touchedShowsZero() {
    meters.counter("jobs_total", "Jobs.", "process", "status").touch("import", "error");

    assertThat(Exposed.text(meters))
        .contains("\njobs_total{process=\"import\",status=\"error\"} 0.0\n");
  }

  @Test
  void counter_nullLabelIsEmpty() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a", "b");
    calls.add(1, "x", null);
    calls.add(1, "x", "");

    assertThat(Exposed.text(meters)).contains("\ncalls_total{a=\"x\",b=\"\"} 2.0\n");
  }

  @Test
  void counter_keepsItsOwnCopyOfLabelValues() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    String[] values = {"x"};
    calls.add(1, values);
    values[0] = "y";
    calls.add(1, values);

    assertThat(Exposed.text(meters)).contains("{a=\"x\"} 1.0", "{a=\"y\"} 1.0");
  }

  @Test
  void counter_unwritableCharactersAreReplacedInOneSeries() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    calls.add(1, "x\uD800");
    calls.add(1, "x\uDC00");
    calls.add(1, "x\0");
    calls.add(1, "\uD83D\uDCDE");

    assertThat(Exposed.text(meters)).contains("{a=\"x\uFFFD\"} 3.0", "{a=\"\uD83D\uDCDE\"} 1.0");
  }

  @Test
  void counter_refusesToFall() {
    CounterFamily calls = meters.counter("calls_total", "Calls.");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls.add(-1))
        .withMessage("calls_total: -1 (expected: 0 or more, as a counter never falls)");
    assertThatIllegalArgumentException().isThrownBy(() -> calls.add(new BigDecimal("-0.01")));
    assertThat(Exposed.sum(meters, "calls_total")).isZero();
  }

  @Test
  void counter_refusesAmountsWithoutEnd() {
    CounterFamily cost = meters.counter("cost_total", "Dollars.");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cost.add(new BigDecimal("1E+999999999")))
        .withMessageContaining("at most 400");
    assertThatIllegalArgumentException().isThrownBy(() -> cost.add(new BigDecimal("1E-999999999")));
  }

  @Test
  void counter_refusesAnotherNumberOfLabelValues() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "account", "trunk");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls.add(1, "acme"))
        .withMessage(
            "label values of calls_total: [acme] (expected: one each for [account, trunk])");
  }

  @Test
  void counter_exemplarIsTheLatest() {
    CounterFamily calls = meters.counter("calls_total", "Calls.");
    calls.add(1, new Exemplar("call_id", "late", START.plusSeconds(9)));
    calls.add(1, new Exemplar("call_id", "early", START.plusSeconds(1)));

    assertThat(Exposed.openMetrics(meters, "calls_total"::equals))
        .contains("calls_total 2.0 # {call_id=\"late\"} 1.0 1772352009.000\n");
  }

  // Gauges

  @Test
  void gauge_isAbsentUntilItHasAValue() {
    GaugeFamily pending = meters.gauge("pending", "Leads.");
    assertThat(Exposed.text(meters)).doesNotContain("\npending");

    pending.set(3.5);

    assertThat(Exposed.text(meters)).contains("\npending 3.5\n");
  }

  @Test
  void gauge_removedIsGoneAndItsStateToBeDeleted() {
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    pending.set(1, "a");
    pending.set(2, "b");
    long id = stateOf("pending", "a").id();

    pending.remove("a");
    pending.remove("never there");

    assertThat(Exposed.text(meters)).doesNotContain("campaign_id=\"a\"").contains("\"b\"} 2.0");
    assertThat(meters.changed())
        .extracting(SeriesState::id, SeriesState::gone, SeriesState::stored)
        .containsExactly(tuple(id, true, true));
  }

  @Test
  void gauge_removedBeforeItWasSavedLeavesNothing() {
    meters.changed();
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    pending.set(1, "a");
    pending.remove("a");

    assertThat(meters.changed()).isEmpty();
  }

  @Test
  void gauge_setAgainAfterRemovalIsAnotherSeries() {
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    pending.set(1, "a");
    meters.changed();
    pending.remove("a");
    pending.set(2, "a");

    List<SeriesState> states = meters.changed();

    assertThat(states).extracting(SeriesState::gone).containsExactly(true, false);
    assertThat(states.getLast().id()).isNotEqualTo(states.getFirst().id());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void values_thatAreNoNumberAreRefused(double value) {
    GaugeFamily gauge = meters.gauge("pending", "Leads.");
    HistogramFamily histogram = meters.histogram("talk_seconds", "Talk.", SECONDS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> gauge.set(value))
        .withMessage("pending: " + value + " (expected: a finite number)");
    assertThatIllegalArgumentException().isThrownBy(() -> histogram.observe(value));
  }

  // Histograms

  @Test
  void histogram_boundBelongsToItsBucket() {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS);
    for (double value : new double[] {0.1, 0.11, 1, 10, 10.0001, -5}) {
      talk.observe(value);
    }

    assertThat(Exposed.text(meters))
        .contains(
            """
            talk_seconds_bucket{le="0.1"} 2
            talk_seconds_bucket{le="1.0"} 4
            talk_seconds_bucket{le="10.0"} 5
            talk_seconds_bucket{le="+Inf"} 6
            talk_seconds_count 6
            talk_seconds_sum 16.2101
            """);
  }

  @Test
  void histogram_nativeBucketsHoldEveryObservation() {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS);
    for (double value : new double[] {0, -0.0, 1e-300, 1, 1, 1.5, -2}) {
      talk.observe(value);
    }

    HistogramDataPointSnapshot point = Exposed.histogram(meters, "talk_seconds");

    assertThat(point.getCount()).isEqualTo(7);
    assertThat(point.getNativeSchema()).isEqualTo(3);
    assertThat(point.getNativeZeroCount()).isEqualTo(3);
    assertThat(point.getNativeBucketsForPositiveValues())
        .extracting(b -> b.getBucketIndex(), b -> b.getCount())
        .containsExactly(tuple(0, 2L), tuple(5, 1L));
    assertThat(point.getNativeBucketsForNegativeValues())
        .extracting(b -> b.getBucketIndex(), b -> b.getCount())
        .containsExactly(tuple(8, 1L));
  }

  @Test
  void histogram_exemplarIsTheLatestOfEachBucket() {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS);
    talk.observe(0.5, new Exemplar("call_id", "second", START.plusMillis(2)));
    talk.observe(0.6, new Exemplar("call_id", "first", START.plusMillis(1)));
    talk.observe(5, new Exemplar("call_id", "other", START));
    talk.observe(50, new Exemplar("call_id", "x".repeat(121), START)); // 7 + 121 code points
    talk.observe(0.01, new Exemplar("call_id", "x".repeat(122), START));

    assertThat(Exposed.openMetrics(meters, "talk_seconds"::equals))
        .contains(
            "talk_seconds_bucket{le=\"0.1\"} 1\n",
            "talk_seconds_bucket{le=\"1.0\"} 3 # {call_id=\"second\"} 0.5 1772352000.002\n",
            "talk_seconds_bucket{le=\"10.0\"} 4 # {call_id=\"other\"} 5.0 1772352000.000\n",
            "talk_seconds_bucket{le=\"+Inf\"} 5 # {call_id=\"" + "x".repeat(121) + "\"} 50.0");
  }

  @Test
  void openMetrics_hasUnitsCreationTimesAndEnd() {
    meters.histogram("talk_seconds", "Talk.", SECONDS, "trunk").observe(2, "t1");

    assertThat(Exposed.openMetrics(meters, "talk_seconds"::equals))
        .isEqualTo(
            """
            # TYPE talk_seconds histogram
            # UNIT talk_seconds seconds
            # HELP talk_seconds Talk.
            talk_seconds_bucket{trunk="t1",le="0.1"} 0
            talk_seconds_bucket{trunk="t1",le="1.0"} 0
            talk_seconds_bucket{trunk="t1",le="10.0"} 1
            talk_seconds_bucket{trunk="t1",le="+Inf"} 1
            talk_seconds_count{trunk="t1"} 1
            talk_seconds_sum{trunk="t1"} 2.0
            talk_seconds_created{trunk="t1"} 1772352000.000
            # EOF
            """);
  }

  // Names

  @ParameterizedTest
  @ValueSource(strings = {"", "1calls_total", "calls.total", "ca lls_total", "ünder_total"})
  void metricName_notOfPrometheusIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter(name, "Calls."))
        .withMessageStartingWith("metric name: \"" + name + "\" (expected: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "_total", "calls_bucket_total", "calls_total_total"})
  void counterName_wrongEndingIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> meters.counter(name, "Calls."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x_total", "x_created", "x_bucket", "x_info", "x_count", "x_sum"})
  void gaugeAndHistogramName_endingOfSamplesIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> meters.gauge(name, "X."));
    assertThatIllegalArgumentException().isThrownBy(() -> meters.histogram(name, "X.", SECONDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"le", "quantile", "job", "instance", "__name__", "a-b", "", "twice"})
  void labelName_takenOrWrongIsRefused(String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter("calls_total", "Calls.", "twice", label))
        .withMessageStartingWith("label of calls_total: \"" + label + "\" (expected: ");
  }

  @Test
  void help_missingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter("calls_total", " "))
        .withMessage("help of calls_total: none (expected: what the family counts)");
  }

  @Test
  void bounds_notRisingAreRefused() {
    for (double[] bounds :
        new double[][] {{1, 1}, {2, 1}, {Double.NaN}, {1, Double.POSITIVE_INFINITY}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> meters.histogram("talk_seconds", "Talk.", bounds))
          .withMessageEndingWith("(expected: finite and rising)");
    }
  }

  @Test
  void family_registeredAgainIsTheSame() {
    assertThat(meters.counter("calls_total", "Calls.", "a"))
        .isSameAs(meters.counter("calls_total", "Calls.", "a"));
    assertThat(meters.histogram("talk_seconds", "Talk.", SECONDS))
        .isSameAs(meters.histogram("talk_seconds", "Talk.", SECONDS.clone()));
  }

  @Test
  void family_registeredAgainAsAnotherIsRefused() {
    meters.counter("calls_total", "Calls.", "a");
    meters.histogram("talk_seconds", "Talk.", SECONDS);
    meters.gauge("pending", "Leads.");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter("calls_total", "Calls.", "b"))
        .withMessage(
            "calls_total is registered as Counters[a] already"
                + " (expected: the same again, not Counters[b])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.histogram("talk_seconds", "Talk.", new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.histogram("pending", "Leads.", SECONDS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.gauge("calls", "Calls."))
        .withMessageContaining("calls and calls_total are the same name to OpenMetrics");
  }

  // The governor

  @Test
  void governor_foldsWhatExceedsTheLimit() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id", "user_id");
    for (int i = 0; i < 25; i++) {
      calls.add(2, "c" + i, "u");
    }

    assertThat(Exposed.counter(meters, "calls_total").getDataPoints()).hasSize(10);
    assertThat(Exposed.text(meters))
        .contains(
            "\ncalls_total{campaign_id=\"__other__\",user_id=\"__other__\"} 32.0\n",
            "\nbusyhour_series{family=\"calls_total\"} 10.0\n",
            "\nbusyhour_cardinality_limit{family=\"calls_total\"} 10.0\n",
            "\nbusyhour_cardinality_overflow_total{family=\"calls_total\"} 16.0\n");
    assertThat(Exposed.sum(meters, "calls_total")).isEqualTo(50);
  }

  @Test
  void governor_knownSeriesStayTheirOwn() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id");
    for (int i = 0; i < 25; i++) {
      calls.add(1, "c" + i);
    }
    calls.add(1, "c3");

    assertThat(Exposed.text(meters)).contains("{campaign_id=\"c3\"} 2.0");
  }

  @Test
  void governor_senderWhoSaysOtherIsFoldedToo() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id");
    calls.add(1, "__other__");
    for (int i = 0; i < 25; i++) {
      calls.add(1, "c" + i);
    }

    assertThat(Exposed.text(meters)).contains("{campaign_id=\"__other__\"} 17.0");
    assertThat(Exposed.counter(meters, "calls_total").getDataPoints()).hasSize(10);
  }

  @Test
  void governor_leavesOutGaugesOverTheLimit() {
    GaugeFamily pending = meters.gauge("pending", "Leads.", "campaign_id");
    for (int i = 0; i < 25; i++) {
      pending.set(i, "c" + i);
    }

    assertThat(Exposed.family(meters, "pending").getDataPoints()).hasSize(9);
    assertThat(Exposed.text(meters))
        .doesNotContain("__other__")
        .contains("\nbusyhour_cardinality_overflow_total{family=\"pending\"} 16.0\n");
  }

  @Test
  void governor_limitBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Meters.create(0, CLOCK))
        .withMessage("cardinality limit: 0 (expected: 1 or more series for a family)");
  }

  @Test
  void governor_isQuickWithManyIds() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "campaign_id");
    for (int i = 0; i < 200_000; i++) {
      calls.add(1, "campaign-" + i);
    }

    assertThat(Exposed.sum(meters, "calls_total")).isEqualTo(200_000);
    assertThat(Exposed.counter(meters, "calls_total").getDataPoints()).hasSize(10);
  }

  // Saving and restoring

  @Test
  void changed_givesEachSeriesOnceUntilItChangesAgain() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    meters.changed();
    calls.add(1, "x");
    calls.add(1, "x");
    calls.add(1, "y");

    List<SeriesState> first = meters.changed();
    assertThat(first)
        .extracting(SeriesState::family, SeriesState::labels, SeriesState::stored)
        .containsExactlyInAnyOrder(
            tuple("calls_total", List.of("x"), false), tuple("calls_total", List.of("y"), false));
    assertThat(meters.changed()).isEmpty();

    calls.add(1, "x");
    assertThat(meters.changed())
        .singleElement()
        .satisfies(
            again -> {
              assertThat(again.stored()).isTrue();
              assertThat(again.id()).isEqualTo(first.getFirst().id());
            });
  }

  @Test
  void unsaved_isGivenAgain() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    GaugeFamily pending = meters.gauge("pending", "Leads.", "a");
    pending.set(1, "gone");
    meters.changed();
    calls.add(1, "x");
    pending.remove("gone");

    List<SeriesState> states = meters.changed();
    meters.unsaved(states);

    assertThat(meters.changed()).containsExactlyInAnyOrderElementsOf(states);
  }

  @Test
  void restore_replacesAllSeries() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    meters.counter("voice_calls_total", "Calls.").add(3);
    calls.add(1, "x");
    List<SeriesState> states = meters.changed();
    String before = Exposed.text(meters);
    calls.add(5, "x");
    calls.add(5, "y");
    meters.counter("voice_calls_total", "Calls.").add(1);

    meters.restore(states);

    assertThat(Exposed.text(meters)).isEqualTo(before);
    assertThat(meters.changed()).isEmpty();
    calls.add(1, "x");
    assertThat(Exposed.text(meters)).contains("calls_total{a=\"x\"} 2.0");
    assertThat(meters.changed()).singleElement().matches(SeriesState::stored);
  }

  @Test
  void restore_keepsStatesForFamiliesThatAreRegisteredLater() {
    meters.counter("calls_total", "Calls.", "a").add(7, "x");
    Meters next = Meters.create(10, Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC));
    next.restore(meters.changed());

    assertThat(next.snapshots("calls_total"::equals)).isEmpty();
    next.counter("calls_total", "Calls.", "a").add(1, "x");

    assertThat(Exposed.openMetrics(next, "calls_total"::equals))
        .contains("calls_total{a=\"x\"} 8.0\n", "calls_created{a=\"x\"} 1772352000.000\n");
  }

  @Test
  void restore_givesNewSeriesNewIds() {
    meters.counter("calls_total", "Calls.", "a").add(7, "x");
    List<SeriesState> states = meters.changed();
    Meters next = Meters.create(10, CLOCK);
    next.restore(states);
    next.counter("calls_total", "Calls.", "a").add(1, "y");

    assertThat(next.changed())
        .singleElement()
        .satisfies(state -> assertThat(state.id()).isGreaterThan(states.getLast().id()));
  }

  @Test
  void restore_governorGoesOn() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    for (int i = 0; i < 25; i++) {
      calls.add(1, "c" + i);
    }
    Meters next = Meters.create(10, CLOCK);
    next.restore(meters.changed());
    next.counter("calls_total", "Calls.", "a").add(1, "c99");

    assertThat(Exposed.text(next))
        .contains(
            "calls_total{a=\"__other__\"} 17.0",
            "busyhour_cardinality_overflow_total{family=\"calls_total\"} 17.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2h;0;1;1.0=1;3;0;0=1;",
        "1c;0;1",
        "1h;0;1",
        "1h;x;1;1.0=1;3;0;0=1;",
        "1h;0;one;1.0=1;3;0;0=1;",
        "1h;0;1;0.3=1;3;0;0=1;",
        "1h;0;1;1.0;3;0;0=1;",
        "1h;0;1;1.0=2;3;0;0=1;",
        "1h;0;1;1.0=1;9;0;0=1;",
        "1h;0;1;1.0=1;3;0;0;",
      })
  void restore_unreadableStateIsRefusedAndNothingReplaced(String state) {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS, "a");
    talk.observe(1, "x");
    String before = Exposed.text(meters);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                meters.restore(
                    List.of(new SeriesState(4, "talk_seconds", List.of("x"), state, true))))
        .withMessageStartingWith(
            "state of series 4 of talk_seconds [x]: \"" + state + "\" cannot be read: ");
    assertThat(Exposed.text(meters)).isEqualTo(before);
  }

  @Test
  void restore_sameSeriesTwiceIsRefused() {
    meters.counter("calls_total", "Calls.", "a");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                meters.restore(
                    List.of(
                        new SeriesState(1, "calls_total", List.of("x"), "1c;0;1", true),
                        new SeriesState(2, "calls_total", List.of("x"), "1c;0;1", true))))
        .withMessageContaining("1 and 2 are of the same series [x]");
  }

  @Test
  void state_isCompact() {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS, "a");
    talk.observe(0.05, "x");
    talk.observe(0.05, "x");
    talk.observe(2.5, "x");

    assertThat(stateOf("talk_seconds", "x").state())
        .isEqualTo("1h;1772352000000;2.6;0.1=2,10.0=1;3;0;-34=2,45=1;");
  }

  // Scrapes

=======
>>>>>>> meters
  @Test
  void alone_isSeenWholeOrNotAtAll() throws InterruptedException {
    CounterFamily a = meters.counter("a_total", "A.");
    CounterFamily b = meters.counter("b_total", "B.");
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    meters.alone(
                        () -> {
                          a.add(1);
                          b.add(1);
                        });
                  }
                });
    List<Double> differences = new ArrayList<>();
    while (writer.isAlive()) {
      MetricSnapshots seen = meters.snapshots(name -> name.length() == "a_total".length());
      differences.add(value(seen, 0) - value(seen, 1));
    }
    writer.join();

    assertThat(differences).isNotEmpty().containsOnly(0.0);
    assertThat(Exposed.sum(meters, "b_total")).isEqualTo(20_000);
  }

  private static double value(MetricSnapshots seen, int i) {
<<<<<<< HEAD
    return ((io.prometheus.metrics.model.snapshots.CounterSnapshot) seen.get(i))
        .getDataPoints()
        .getFirst()
        .getValue();
=======
    return ((CounterSnapshot) seen.get(i)).getDataPoints().getFirst().getValue();
>>>>>>> meters
  }

  @Test
  void updates_outsideAloneTearNoSeries() throws InterruptedException {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS, "a");
    Runnable work =
        () -> {
          for (int i = 0; i < 50_000; i++) {
            talk.observe(1, "x");
          }
        };
    Thread one = Thread.ofPlatform().start(work);
    Thread two = Thread.ofPlatform().start(work);
    meters.alone(() -> talk.observe(1, "x"));
    while (one.isAlive() || two.isAlive()) {
      for (var point : Exposed.family(meters, "talk_seconds").getDataPoints()) {
        // The library refuses a point whose classic and native counts differ.
        HistogramDataPointSnapshot histogram = (HistogramDataPointSnapshot) point;
        assertThat(histogram.getSum()).isEqualTo((double) histogram.getCount());
      }
    }
    one.join();
    two.join();

    assertThat(Exposed.histogram(meters, "talk_seconds").getCount()).isEqualTo(100_001);
  }

  @Test
  void computed_isAskedAtEachScrape() {
    double[] value = {1};
    meters.computed("busyhour_x", () -> gauge("busyhour_x", value[0]));
    assertThat(Exposed.text(meters)).contains("\nbusyhour_x 1.0\n");

    value[0] = 2;

    assertThat(Exposed.text(meters)).contains("\nbusyhour_x 2.0\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.computed("busyhour_x", () -> null));
  }

  @Test
  void computed_failingLeavesTheOthers() {
    meters.counter("calls_total", "Calls.").add(1);
    meters.computed(
        "busyhour_x",
        () -> {
          throw new IllegalStateException("no rows");
        });
    meters.computed("busyhour_y", () -> gauge("busyhour_z", 1));
    meters.computed("busyhour_w", () -> null);

    assertThat(Exposed.text(meters))
        .contains("calls_total 1.0")
        .doesNotContain("busyhour_x", "busyhour_y", "busyhour_z", "busyhour_w");
  }

<<<<<<< HEAD
  private static io.prometheus.metrics.model.snapshots.MetricSnapshot gauge(
      String name, double value) {
    return io.prometheus.metrics.model.snapshots.GaugeSnapshot.builder()
        .name(name)
        .dataPoint(
            io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .build())
        .build();
  }

  private String saved(String family) {
    return meters.changed().stream()
        .filter(state -> state.family().equals(family))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private SeriesState stateOf(String family, String label) {
    return meters.changed().stream()
        .filter(state -> state.family().equals(family) && state.labels().contains(label))
        .findFirst()
        .orElseThrow();
  }
=======
  private static MetricSnapshot gauge(String name, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }
>>>>>>> meters
}
