package io.busyhour.serve.scrape;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One family of the older Prometheus client (simpleclient) in the model of the present one. */
final class SampleFamily {
  private final String name;
  private final MetricMetadata metadata;
  private final Map<Labels, List<Sample>> samplesBySeries = new LinkedHashMap<>();

  private SampleFamily(MetricFamilySamples family, List<Sample> samples) {
    this.name = family.name;
    this.metadata = new MetricMetadata(family.name, family.help.isBlank() ? null : family.help);
    for (Sample sample : samples) {
      samplesBySeries.computeIfAbsent(labels(sample), labels -> new ArrayList<>()).add(sample);
    }
  }

  /**
   * Empty when there are no samples.
   *
   * @throws IllegalArgumentException when the name or a value cannot be exposed in all formats
   */
  static Optional<MetricSnapshot> of(MetricFamilySamples family, List<Sample> samples) {
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(new SampleFamily(family, samples).snapshot(family.type));
  }

  private MetricSnapshot snapshot(io.prometheus.client.Collector.Type type) {
    return switch (type) {
      case COUNTER -> new CounterSnapshot(metadata, series(SampleFamily::counter));
      case GAUGE -> new GaugeSnapshot(metadata, series(SampleFamily::gauge));
      case HISTOGRAM -> new HistogramSnapshot(metadata, series(SampleFamily::histogram));
      case SUMMARY -> new SummarySnapshot(metadata, series(SampleFamily::summary));
      default -> new UnknownSnapshot(metadata, series(SampleFamily::unknown));
    };
  }

  private <P> List<P> series(Conversion<P> conversion) {
    return samplesBySeries.entrySet().stream()
        .map(entry -> conversion.convert(this, entry.getKey(), entry.getValue()))
        .toList();
  }

  private CounterDataPointSnapshot counter(Labels labels, List<Sample> samples) {
    return new CounterDataPointSnapshot(value(samples, "_total"), labels, null, 0);
  }

  private GaugeDataPointSnapshot gauge(Labels labels, List<Sample> samples) {
    return new GaugeDataPointSnapshot(value(samples, ""), labels, null);
  }

  private UnknownDataPointSnapshot unknown(Labels labels, List<Sample> samples) {
    return new UnknownDataPointSnapshot(samples.getFirst().value, labels, null);
  }

  /** Micrometer prints quantiles beside the buckets; a histogram may not have any. */
  private HistogramDataPointSnapshot histogram(Labels labels, List<Sample> samples) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long before = 0;
    for (Sample sample : samples) {
      int bound = sample.labelNames.indexOf("le");
      if (bound >= 0) {
        long cumulative = (long) sample.value;
        buckets.bucket(bound(sample.labelValues.get(bound)), cumulative - before);
        before = cumulative;
      }
    }
    return new HistogramDataPointSnapshot(
        buckets.build(), value(samples, "_sum"), labels, Exemplars.EMPTY, 0);
  }

  private static double bound(String text) {
    return "+Inf".equals(text) ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  private SummaryDataPointSnapshot summary(Labels labels, List<Sample> samples) {
    Quantiles.Builder quantiles = Quantiles.builder();
    for (Sample sample : samples) {
      int quantile = sample.labelNames.indexOf("quantile");
      if (quantile >= 0) {
        quantiles.quantile(
            new Quantile(Double.parseDouble(sample.labelValues.get(quantile)), sample.value));
      }
    }
    return new SummaryDataPointSnapshot(
        (long) value(samples, "_count"),
        value(samples, "_sum"),
        quantiles.build(),
        labels,
        Exemplars.EMPTY,
        0);
  }

  private double value(List<Sample> samples, String ending) {
    return samples.stream()
        .filter(sample -> sample.name.equals(name + ending))
        .mapToDouble(sample -> sample.value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** All but those that tell the samples of one series apart. */
  private static Labels labels(Sample sample) {
    Labels.Builder labels = Labels.builder();
    for (int i = 0; i < sample.labelNames.size(); i++) {
      String label = sample.labelNames.get(i);
      if (!label.equals("le") && !label.equals("quantile")) {
        labels.label(label, sample.labelValues.get(i));
      }
    }
    return labels.build();
  }

  /** Makes one series of its samples. */
  @FunctionalInterface
  private interface Conversion<P> {
    P convert(SampleFamily family, Labels labels, List<Sample> samples);
  }
}
