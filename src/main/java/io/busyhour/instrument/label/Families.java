package io.busyhour.instrument.label;

import io.busyhour.instrument.Meters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The families of all methods: what has one name is one family. */
final class Families {
  private final Meters meters;
  private final List<String> faults;
  private final Map<String, Metric> firsts = new HashMap<>();

  /** By exposed name, the methods that MicroProfile itself counts under it. */
  private final Map<String, String> withoutLabels;

  Families(Meters meters, Map<String, String> withoutLabels, List<String> faults) {
    this.meters = meters;
    this.withoutLabels = withoutLabels;
    this.faults = faults;
  }

  /** Null when it cannot be: there is a fault then. */
  Tally tally(Metric metric) {
    Metric first = firsts.putIfAbsent(metric.name(), metric);
    String other = withoutLabels.get(metric.name());
    if (other != null) {
      faults.add(
          "%s: %s has labels here and none at %s (expected: one form of a name); rename one of them"
              .formatted(metric.place(), metric.name(), other));
      return null;
    }
    if (first != null && !isSame(first, metric)) {
      faults.add(
          ("%s: %s is %s with the labels %s here and %s with %s at %s (expected: one kind and one"
                  + " set of labels for a name); rename one of them, or label both alike")
              .formatted(
                  metric.place(),
                  metric.name(),
                  metric.kind(),
                  metric.labels(),
                  first.kind(),
                  first.labels(),
                  first.place()));
      return null;
    }
    return register(metric, first == null ? metric : first);
  }

  private static boolean isSame(Metric one, Metric other) {
    return one.isCounter() == other.isCounter()
        && one.labels().size() == other.labels().size()
        && new HashSet<>(one.labels()).equals(new HashSet<>(other.labels()));
  }

  /** The order of the labels is the first one's. */
  private Tally register(Metric metric, Metric first) {
    String[] names = first.labelNames();
    try {
      return metric.isCounter()
          ? Tally.of(
              meters.counter(metric.name(), metric.help(), names), metric.values(first.labels()))
          : Tally.of(
              meters.histogram(metric.name(), metric.help(), metric.upperBounds(), names),
              metric.values(first.labels()));
    } catch (IllegalArgumentException e) {
      faults.add(metric.place() + ": " + e.getMessage() + "; choose another");
      return null;
    }
  }
}
