package io.busyhour.instrument;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** What a scraper sees of meters. */
final class Exposed {
  private Exposed() {}

  static String text(Meters meters) {
    return written(PrometheusTextFormatWriter.create(), meters, name -> true);
  }

  static String openMetrics(Meters meters, Predicate<String> wanted) {
    return written(
        OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build(),
        meters,
        wanted);
  }

  /** Every byte that any format shows. */
  static String everything(Meters meters, Predicate<String> wanted) {
    return openMetrics(meters, wanted)
        + new PrometheusProtobufWriter()
            .toDebugString(meters.snapshots(wanted), EscapingScheme.UNDERSCORE_ESCAPING);
  }

  private static String written(
      ExpositionFormatWriter writer, Meters meters, Predicate<String> wanted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, meters.snapshots(wanted), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static MetricSnapshot family(Meters meters, String name) {
    return meters.snapshots(name::equals).get(0);
  }

  static CounterSnapshot counter(Meters meters, String name) {
    return (CounterSnapshot) family(meters, name);
  }

  static double sum(Meters meters, String counter) {
    return counter(meters, counter).getDataPoints().stream().mapToDouble(p -> p.getValue()).sum();
  }

  static HistogramDataPointSnapshot histogram(Meters meters, String name) {
    return ((HistogramSnapshot) family(meters, name)).getDataPoints().getFirst();
  }
}
