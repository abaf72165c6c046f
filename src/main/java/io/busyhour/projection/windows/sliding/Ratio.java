package io.busyhour.projection.windows.sliding;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A ratio as a gauge, and beside it how many samples stand behind each of its series. */
public final class Ratio {
  private final GaugeSnapshot.Builder ratio;
  private final GaugeSnapshot.Builder samples;

  /** Of this name, with its samples under the name and {@code _samples}. */
  public Ratio(String name, String help) {
    this(name, name + "_samples", help);
  }

  /** Of this name, with its samples under another. */
  public Ratio(String name, String samplesName, String help) {
    ratio = GaugeSnapshot.builder().name(name).help(help);
    samples = GaugeSnapshot.builder().name(samplesName).help("The samples behind " + name + ".");
  }

  /** Adds a series; without a sample there is none. */
  public void add(Labels labels, long hits, long of) {
    add(labels, (double) hits / of, of);
  }

  /** Adds a series that has a value if there is a sample. */
  public void add(Labels labels, double value, long of) {
    if (of > 0) {
      ratio.dataPoint(point(labels, value));
      samples.dataPoint(point(labels, (double) of));
    }
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  /**
   * Adds the share of one count in another, for each label value of a window with one label and for
   * each of these lengths.
   *
   * @param lengths by the values of the label {@code window}
   */
  public void addShares(
      SlidingWindow window,
      Instant now,
      Map<String, Duration> lengths,
      String label,
      int hits,
      int of) {
    lengths.forEach(
        (name, length) ->
            window.sums(
                now,
                length,
                (labels, sum) ->
                    add(
                        Labels.of(label, labels.getFirst(), "window", name),
                        sum.count(hits),
                        sum.count(of))));
  }

  /** The ratio alone, where another family tells its samples. */
  public MetricSnapshot ratio() {
    return ratio.build();
  }

  /** The ratio and its samples. */
  public List<MetricSnapshot> both() {
    return List.of(ratio.build(), samples.build());
  }
}
