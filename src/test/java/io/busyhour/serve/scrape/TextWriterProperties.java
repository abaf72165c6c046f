package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.Exemplar;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextWriterProperties {

  /** One value of a series. */
  private record Value(String label, double value, long millis) {}

  @Provide
  Arbitrary<List<Value>> values() {
    Arbitrary<String> labels =
        Arbitraries.oneOf(
            Arbitraries.of("", "a", "\"", "\\", "\n", "\u00e4\uD83D\uDCDE\"x\n"),
            Arbitraries.strings().ofMaxLength(40),
            Arbitraries.strings().ascii().ofMinLength(200).ofMaxLength(400));
    Arbitrary<Double> numbers =
        Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.of(0.0, -0.0, 1.0, 9_999_999.0, 10_000_000.0, 1e16, 0.1, -7.0, 0.001),
            Arbitraries.longs().between(0, 1L << 53).map(l -> (double) l));
    return Combinators.combine(labels, numbers, Arbitraries.longs().between(0, 1L << 42))
        .as(Value::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void bytes_areTheLibrarys(@ForAll("values") List<Value> values) throws IOException {
    Meters meters = Meters.create(1000, Clock.systemUTC());
    var calls = meters.counter("calls_total", "Ca\\lls \"of\"\nall.", "b", "a");
    var level = meters.gauge("level_dollars", "L\u00e4vel.", "a");
    var talk = meters.histogram("talk_seconds", "Talk.", new double[] {0.1, 1, 1e7}, "trunk");
    meters.counter("plain_total", "Plain.").add(values.size());
    meters.histogram("plain_ms", "Plain.", new double[0]).touch();
    for (Value value : values) {
      Exemplar exemplar =
          new Exemplar("call_id", value.label(), Instant.ofEpochMilli(value.millis()));
      calls.add((long) Math.min(Math.abs(value.value()), 1e18), exemplar, value.label(), "x");
      level.set(value.value(), value.label());
      talk.observe(value.value() % 1e200, exemplar, value.label());
    }

    assertSame(meters.snapshots(name -> true, false));
  }

  @Example
  void otherKinds_areTheLibrarys() throws IOException {
    assertSame(
        MetricSnapshots.of(
            InfoSnapshot.builder()
                .name("build")
                .help("Build.")
                .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of("v", "1\"")).build())
                .build(),
            SummarySnapshot.builder()
                .name("talk_seconds")
                .dataPoint(
                    SummaryDataPointSnapshot.builder()
                        .count(3)
                        .sum(4.5)
                        .quantiles(Quantiles.builder().quantile(0.5, 1).build())
                        .build())
                .build()));
  }

  private static void assertSame(MetricSnapshots snapshots) throws IOException {
    ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    ExpositionFormatWriter openMetrics =
        OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build();

    assertThat(written(Format.TEXT, snapshots)).isEqualTo(written(text, snapshots));
    assertThat(written(Format.OPENMETRICS, snapshots)).isEqualTo(written(openMetrics, snapshots));
  }

  private static String written(Format format, MetricSnapshots snapshots) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(out, snapshots);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String written(ExpositionFormatWriter writer, MetricSnapshots snapshots)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    return out.toString(StandardCharsets.UTF_8);
  }
}
