package io.busyhour.instrument;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What families and labels may be called (Prometheus data model, OpenMetrics 1.0). */
final class Names {
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** Names that mean something else to Prometheus: a bucket's bound, or the target itself. */
  private static final Set<String> TAKEN_LABELS = Set.of("le", "quantile", "job", "instance");

  /** Endings that OpenMetrics keeps for the samples of counters, histograms and infos. */
  private static final List<String> SAMPLE_ENDINGS =
      List.of("_total", "_created", "_bucket", "_info", "_count", "_sum", "_gcount", "_gsum");

  /** Those of them that are wrong before the ending of a counter, too. */
  private static final List<String> COUNTER_ENDINGS =
      List.of("_total", "_created", "_bucket", "_info");

  /** What METRICS.md's names end in; OpenMetrics wants a unit to be the end of the name. */
  private static final List<String> UNITS =
      List.of("seconds", "milliseconds", "bytes", "ratio", "dollars", "cents");

  private Names() {}

  static String checkedCounter(String name) {
    checkMetric(name);
    if (!name.endsWith("_total") || name.length() == "_total".length()) {
      throw new IllegalArgumentException(
          "counter name: \"" + name + "\" (expected: a name that ends in _total)");
    }
    checkEnding(modelName(name), COUNTER_ENDINGS);
    return name;
  }

  static String checkedOther(String name) {
    checkMetric(name);
    checkEnding(name, SAMPLE_ENDINGS);
    return name;
  }

  private static void checkMetric(String name) {
    if (!METRIC.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "metric name: \"" + name + "\" (expected: " + METRIC.pattern() + ")");
    }
  }

  private static void checkEnding(String name, List<String> wrong) {
    for (String ending : wrong) {
      if (name.endsWith(ending)) {
        throw new IllegalArgumentException(
            "metric name: \"" + name + "\" (expected: a name that does not end in " + ending + ")");
      }
    }
  }

  static void checkLabels(String family, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!LABEL.matcher(name).matches()
          || name.startsWith("__")
          || TAKEN_LABELS.contains(name)
          || !seen.add(name)) {
        throw new IllegalArgumentException(
            "label of %s: \"%s\" (expected: %s, each once, not starting with __, none of %s)"
                .formatted(family, name, LABEL.pattern(), TAKEN_LABELS.stream().sorted().toList()));
      }
    }
  }

  /** For every observation, so without a pattern. */
  static void checkExemplarLabel(String label) {
    if (label == null || !PrometheusNaming.isValidLegacyLabelName(label)) {
      throw new IllegalArgumentException(
          "exemplar label: \"" + label + "\" (expected: " + LABEL.pattern() + ")");
    }
  }

  static void checkHelp(String family, String help) {
    if (help == null || help.isBlank()) {
      throw new IllegalArgumentException(
          "help of " + family + ": none (expected: what the family counts)");
    }
  }

  /** The library's and OpenMetrics' name of a family is without the ending of its samples. */
  static String modelName(String name) {
    for (String ending : List.of("_total", "_info")) {
      if (name.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  static MetricMetadata metadata(String name, String help) {
    String model = modelName(name);
    for (String unit : UNITS) {
      if (model.endsWith("_" + unit)) {
        return new MetricMetadata(model, help, new Unit(unit));
      }
    }
    return new MetricMetadata(model, help);
  }
}
