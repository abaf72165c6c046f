package io.busyhour.projection.windows;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** A ratio as a gauge, and beside it how many samples stand behind each of its series. */
final class Ratio {
  private final GaugeSnapshot.Builder ratio;
  private final GaugeSnapshot.Builder samples;

  Ratio(String name, String help) {
    ratio = GaugeSnapshot.builder().name(name).help(help);
    samples =
        GaugeSnapshot.builder().name(name + "_samples").help("The samples behind " + name + ".");
  }

  /** Adds a series; without a sample there is none. */
  void add(Labels labels, long hits, long of, double scale) {
    if (of > 0) {
      add(labels, scale * hits / of, of);
    }
  }

  /** Adds a series whose value is known, and how many samples stand behind it. */
  void add(Labels labels, double value, long of) {
    ratio.dataPoint(point(labels, value));
    samples.dataPoint(point(labels, (double) of));
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  GaugeSnapshot ratio() {
    return ratio.build();
  }

  GaugeSnapshot samples() {
    return samples.build();
  }
}
