package io.busyhour.projection.windows;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** A ratio as a gauge, and beside it how many samples stand behind each of its series. */
final class Ratio {
  private final GaugeSnapshot.Builder ratio;
  private final GaugeSnapshot.Builder samples;

  Ratio(String name, String help) {
    this(name, name + "_samples", help);
  }

  Ratio(String name, String samplesName, String help) {
    ratio = GaugeSnapshot.builder().name(name).help(help);
    samples = GaugeSnapshot.builder().name(samplesName).help("The samples behind " + name + ".");
  }

  /** Adds a series; without a sample there is none. */
  void add(Labels labels, long hits, long of) {
    add(labels, (double) hits / of, of);
  }

  /** Adds a series that has a value if there is a sample. */
  void add(Labels labels, double value, long of) {
    if (of > 0) {
      ratio.dataPoint(point(labels, value));
      samples.dataPoint(point(labels, (double) of));
    }
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  MetricSnapshot ratio() {
    return ratio.build();
  }

  List<MetricSnapshot> both() {
    return List.of(ratio.build(), samples.build());
  }
}
