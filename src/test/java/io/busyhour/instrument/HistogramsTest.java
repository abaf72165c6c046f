package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HistogramsTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
  private static final double[] SECONDS = {0.1, 1, 10};

  private final Meters meters = Meters.create(10, CLOCK);

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
}
