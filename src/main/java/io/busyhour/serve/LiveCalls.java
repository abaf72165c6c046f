package io.busyhour.serve;

import io.busyhour.instrument.Meters;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What the views take from the meters instead of the database, as of the last commit. */
public final class LiveCalls {
  private static final String ACTIVE = "voice_calls_active";
  private static final String SERIES = "busyhour_series";

  private final Meters meters;

  /** Reads these meters. */
  public LiveCalls(Meters meters) {
    this.meters = meters;
  }

  /** How many calls have no end, or null where nothing counts them. */
  public Long active() {
    Map<String, Long> found = new TreeMap<>();
    read(ACTIVE, (point, value) -> found.put(ACTIVE, value));
    return found.get(ACTIVE);
  }

  /** How many series each family that counts has. */
  public Map<String, Long> seriesByFamily() {
    Map<String, Long> series = new TreeMap<>();
    read(SERIES, (point, value) -> series.put(point.getLabels().get("family"), value));
    return series;
  }

  private void read(String name, BiConsumer<DataPointSnapshot, Long> each) {
    for (MetricSnapshot family : meters.snapshots(name::equals)) {
      for (DataPointSnapshot point : family.getDataPoints()) {
        each.accept(point, (long) ((GaugeDataPointSnapshot) point).getValue());
      }
    }
  }
}
