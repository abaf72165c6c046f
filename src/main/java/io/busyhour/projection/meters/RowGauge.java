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
import java.util.function.Supplier;

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
  private Supplier<Map<List<String>, Double>> stated = Map::of;

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

  /**
   * Shows what others state of label sets that have no rows here.
   *
   * @param stated the values by label values, asked at each scrape
   */
  public void otherwise(Supplier<Map<List<String>, Double>> stated) {
    this.stated = stated;
  }

  private MetricSnapshot snapshot() {
    Points points = new Points();
    long oldest = bounds.clock().millis() - bounds.idle().toMillis();
    rows.forEach(
        (labels, held) -> {
          if (isShown(held, oldest)) {
            points.add(labels, (double) held.count);
          }
        });
    stated
        .get()
        .forEach(
            (labels, value) -> {
              if (!isShown(rows.get(labels), oldest)) {
                points.add(labels, value);
              }
            });
    return points.family();
  }

  private static boolean isShown(Rows held, long oldest) {
    return held != null && (held.count != 0 || held.changedAt >= oldest);
  }

  /** What is shown at a scrape; the last place is kept for those beyond the limit. */
  private final class Points {
    private final List<GaugeDataPointSnapshot> shown = new ArrayList<>();
    private double others;
    private boolean folded;

    void add(List<String> labels, double value) {
      if (shown.size() < bounds.limit() - 1 || labelNames.length == 0) {
        shown.add(point(labels, value));
      } else {
        others += value;
        folded = true;
      }
    }

    MetricSnapshot family() {
      GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
      shown.forEach(family::dataPoint);
      if (folded) {
        family.dataPoint(point(Collections.nCopies(labelNames.length, Meters.OTHER), others));
      }
      return family.build();
    }
  }

  private GaugeDataPointSnapshot point(List<String> labels, double value) {
    return GaugeDataPointSnapshot.builder()
        .labels(Labels.of(labelNames, labels.toArray(String[]::new)))
        .value(value)
        .build();
  }
}
