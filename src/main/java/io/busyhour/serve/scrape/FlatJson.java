package io.busyhour.serve.scrape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * Writes the samples of the text format as one JSON object of numbers, each under its name and
 * labels, <code>name{k=v,k=v}</code>. In a value a comma, an equals sign, a closing brace and a
 * backslash have a backslash before them. What is no number to JSON is left out.
 */
final class FlatJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  /** Up to here every whole number is one of floating point too. */
  private static final double MOST_WHOLE = 1L << 53;

  private final JsonGenerator json;
  private final StringBuilder labels = new StringBuilder();
  private final StringBuilder key = new StringBuilder();

  private FlatJson(JsonGenerator json) {
    this.json = json;
  }

  static void write(OutputStream out, MetricSnapshots families, Instant now) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("timestamp", now.toString());
      json.writeObjectFieldStart("metrics");
      FlatJson writer = new FlatJson(json);
      for (MetricSnapshot family : families) {
        String name = family.getMetadata().getPrometheusName();
        for (DataPointSnapshot point : family.getDataPoints()) {
          writer.point(name, point);
        }
      }
      json.writeEndObject();
      json.writeStringField("registry", "application");
      json.writeEndObject();
    }
  }

  private void point(String name, DataPointSnapshot point) throws IOException {
    render(point.getLabels());
    switch (point) {
      case CounterDataPointSnapshot counter -> sample(name, "_total", counter.getValue());
      case GaugeDataPointSnapshot gauge -> sample(name, "", gauge.getValue());
      case UnknownDataPointSnapshot unknown -> sample(name, "", unknown.getValue());
      case InfoDataPointSnapshot info -> sample(name, "_info", 1);
      case HistogramDataPointSnapshot histogram -> histogram(name, histogram);
      case SummaryDataPointSnapshot summary -> summary(name, summary);
      default -> {
        // No other kind is ever registered here.
      }
    }
  }

  private void histogram(String name, HistogramDataPointSnapshot point) throws IOException {
    if (point.hasClassicHistogramData()) {
      ClassicHistogramBuckets buckets = point.getClassicBuckets();
      long cumulative = 0;
      for (int i = 0; i < buckets.size(); i++) {
        cumulative += buckets.getCount(i);
        sample(name, "_bucket", "le", buckets.getUpperBound(i), (double) cumulative);
      }
    }
    countAndSum(name, point.getCount(), point.hasSum() ? point.getSum() : Double.NaN);
  }

  private void summary(String name, SummaryDataPointSnapshot point) throws IOException {
    for (Quantile quantile : point.getQuantiles()) {
      sample(name, "", "quantile", quantile.getQuantile(), quantile.getValue());
    }
    if (point.hasCount()) {
      countAndSum(name, point.getCount(), point.hasSum() ? point.getSum() : Double.NaN);
    }
  }

  private void countAndSum(String name, long count, double sum) throws IOException {
    sample(name, "_count", (double) count);
    sample(name, "_sum", sum);
  }

  private void render(Labels all) {
    labels.setLength(0);
    for (int i = 0; i < all.size(); i++) {
      labels.append(i == 0 ? "" : ",").append(all.getPrometheusName(i)).append('=');
      escape(all.getValue(i));
    }
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '=' || c == '}' || c == '\\') {
        labels.append('\\');
      }
      labels.append(c);
    }
  }

  private void sample(String name, String ending, double value) throws IOException {
    key.setLength(0);
    key.append(name).append(ending);
    if (!labels.isEmpty()) {
      key.append('{').append(labels).append('}');
    }
    number(value);
  }

  private void sample(String name, String ending, String label, double bound, double value)
      throws IOException {
    key.setLength(0);
    key.append(name).append(ending).append('{').append(labels);
    key.append(labels.isEmpty() ? "" : ",").append(label).append('=').append(Lines.text(bound));
    key.append('}');
    number(value);
  }

  private void number(double value) throws IOException {
    if (!Double.isFinite(value)) {
      return;
    }
    json.writeFieldName(key.toString());
    if (value == Math.rint(value) && Math.abs(value) < MOST_WHOLE) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }
}
