package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows there are of each label set: it follows each change of a row in the transaction
 * that makes it, so that it can be neither negative nor stale. A label set that is known shows 0
 * until it has been idle; one that a row only passed through, while little was known of it, goes
 * without a trace. Changed by the projection's thread, read while it is held still.
 */
public final class RowGauge {
  private static final Comparator<List<String>> IN_ORDER =
      (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
          int order = one.get(i).compareTo(other.get(i));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  private final String name;
  private final String help;
  private final String[] labelNames;
  private final Bounds bounds;
  private final Map<List<String>, Rows> rows = new TreeMap<>(IN_ORDER);

  /**
   * What keeps the series of such gauges few.
   *
   * @param limit the most label sets; further ones are shown together as {@code __other__}
   * @param idle how long a label set without rows is shown
   */
  public record Bounds(int limit, Duration idle, Clock clock) {}

  private static final class Rows {
    private long count;
    private long changedAt;
    private long known;
  }

  /** Registers the family. */
  public RowGauge(Meters meters, Bounds bounds, String name, String help, String... labelNames) {
    this.name = name;
    this.help = help;
    this.labelNames = labelNames.clone();
    this.bounds = bounds;
    meters.computed(name, this::snapshot);
  }

  /** Has so many rows more, or less, of a label set; null values are written as empty. */
  public void add(long step, String... labels) {
    List<String> written = written(labels);
    Rows held = held(written);
    held.changedAt = bounds.clock().millis();
    held.count += step;
    if (held.count == 0 && held.known == 0) {
      rows.remove(written);
    }
  }

  /** How many rows there are of a label set now. */
  public long count(String... labels) {
    Rows held = rows.get(written(labels));
    return held == null ? 0 : held.count;
  }

  /** Makes a label set known, so that it is shown without a row, too. */
  public void know(String... labels) {
    know(1, bounds.clock().instant(), labels);
  }

  /**
   * Has a label set be known by so many more, or less, of those that speak of it; it is known while
   * there is one.
   *
   * @param heard when something was heard of it
   */
  public void know(long step, Instant heard, String... labels) {
    List<String> written = written(labels);
    Rows held = held(written);
    // What was forgotten beyond the limit may be taken away yet.
    held.known = Math.max(0, held.known + step);
    held.changedAt = Math.max(held.changedAt, heard.toEpochMilli());
    if (held.count == 0 && held.known == 0) {
      rows.remove(written);
    }
  }

  private Rows held(List<String> labels) {
    if (rows.size() > 2 * bounds.limit()) {
      rows.values().removeIf(each -> each.count == 0);
    }
    return rows.computeIfAbsent(labels, l -> new Rows());
  }

  private static List<String> written(String[] labels) {
    String[] written = labels.clone();
    for (int i = 0; i < written.length; i++) {
      written[i] = written[i] == null ? "" : written[i];
    }
    return List.of(written);
  }

  /** Forgets all, before they are counted anew. */
  public void clear() {
    rows.clear();
  }

  private MetricSnapshot snapshot() {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    long oldest = bounds.clock().millis() - bounds.idle().toMillis();
    List<GaugeDataPointSnapshot> shown = new ArrayList<>();
    long others = 0;
    boolean folded = false;
    for (Map.Entry<List<String>, Rows> each : rows.entrySet()) {
      Rows held = each.getValue();
      if (held.count == 0 && held.changedAt < oldest) {
        continue;
      }
      // The last place is kept for the others.
      if (shown.size() < bounds.limit() - 1 || labelNames.length == 0) {
        shown.add(point(each.getKey(), held.count));
      } else {
        others += held.count;
        folded = true;
      }
    }
    shown.forEach(family::dataPoint);
    if (folded) {
      family.dataPoint(point(Collections.nCopies(labelNames.length, Meters.OTHER), others));
    }
    return family.build();
  }

  private GaugeDataPointSnapshot point(List<String> labels, long count) {
    return GaugeDataPointSnapshot.builder()
        .labels(Labels.of(labelNames, labels.toArray(String[]::new)))
        .value((double) count)
        .build();
  }
}
