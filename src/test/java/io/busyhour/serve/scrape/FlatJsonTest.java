package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlatJsonTest {
  private static String write(MetricSnapshot... families) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FlatJson.write(out, MetricSnapshots.of(families), Instant.parse("2026-11-20T12:00:00Z"));
    String text = out.toString(StandardCharsets.UTF_8);
    String head = "{\"timestamp\":\"2026-11-20T12:00:00Z\",\"metrics\":{";
    String end = "},\"registry\":\"application\"}";
    assertThat(text).startsWith(head).endsWith(end);
    return text.substring(head.length(), text.length() - end.length());
  }

  private static MetricSnapshot gauge(double value, Labels labels) {
    return GaugeSnapshot.builder()
        .name("g")
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(labels).build())
        .build();
  }

  @Test
  void number_wholeOrNot() throws IOException {
    assertThat(write(gauge(145, Labels.EMPTY))).isEqualTo("\"g\":145");
    assertThat(write(gauge(-0.25, Labels.EMPTY))).isEqualTo("\"g\":-0.25");
    assertThat(write(gauge(1e300, Labels.EMPTY))).isEqualTo("\"g\":1.0E300");
  }

  @Test
  void number_thatJsonHasNot_isLeftOut() throws IOException {
    assertThat(write(gauge(Double.NaN, Labels.EMPTY))).isEmpty();
    assertThat(write(gauge(Double.POSITIVE_INFINITY, Labels.EMPTY))).isEmpty();
  }

  @Test
  void label_withWhatDivides_isEscaped() throws IOException {
    assertThat(write(gauge(1, Labels.of("a", "x,y=z}\\", "b", "\"é\""))))
        .isEqualTo("\"g{a=x\\\\,y\\\\=z\\\\}\\\\\\\\,b=\\\"é\\\"}\":1");
  }

  @Test
  void family_ofEachKind() throws IOException {
    MetricSnapshot counter =
        CounterSnapshot.builder()
            .name("a")
            .dataPoint(
                CounterDataPointSnapshot.builder().value(2).labels(Labels.of("k", "v")).build())
            .build();
    MetricSnapshot histogram =
        HistogramSnapshot.builder()
            .name("b")
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(
                        ClassicHistogramBuckets.of(
                            new double[] {0.5, Double.POSITIVE_INFINITY}, new long[] {1, 2}))
                    .sum(3.5)
                    .labels(Labels.of("k", "v"))
                    .build())
            .build();
    MetricSnapshot summary =
        SummarySnapshot.builder()
            .name("c")
            .dataPoint(
                SummaryDataPointSnapshot.builder()
                    .quantiles(Quantiles.of(new Quantile(0.5, 1.5)))
                    .count(2)
                    .sum(3)
                    .build())
            .build();
    MetricSnapshot info =
        InfoSnapshot.builder()
            .name("d")
            .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of("k", "v")).build())
            .build();
    assertThat(write(counter, histogram, summary, info))
        .isEqualTo(
            "\"a_total{k=v}\":2,"
                + "\"b_bucket{k=v,le=0.5}\":1,\"b_bucket{k=v,le=+Inf}\":3,"
                + "\"b_count{k=v}\":3,\"b_sum{k=v}\":3.5,"
                + "\"c{quantile=0.5}\":1.5,\"c_count\":2,\"c_sum\":3,"
                + "\"d_info{k=v}\":1");
  }
}
