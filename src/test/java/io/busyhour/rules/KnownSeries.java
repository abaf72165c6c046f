package io.busyhour.rules;

import io.busyhour.Catalogue;
import io.busyhour.Catalogue.Documented;
import io.busyhour.rules.RuleFile.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The series that rules and dashboards can ask for, and the labels of each. */
public final class KnownSeries {
  /** What Prometheus and Helidon say of a target; the test of a real scrape has them. */
  private static final Map<String, Set<String>> OTHERS =
      Map.ofEntries(
          Map.entry("up", Set.of()),
          Map.entry("scrape_duration_seconds", Set.of()),
          Map.entry("scrape_samples_post_metric_relabeling", Set.of()),
          Map.entry("ALERTS", Set.of("alertname", "alertstate", "severity", "area")),
          Map.entry("jvm_uptime_seconds", Set.of()),
          Map.entry("memory_usedHeap_bytes", Set.of()),
          Map.entry("memory_maxHeap_bytes", Set.of()),
          Map.entry("gc_time_seconds_total", Set.of()),
          Map.entry("requests_count_total", Set.of()),
          Map.entry("thread_count", Set.of()),
          Map.entry("prometheus_rule_evaluation_failures_total", Set.of("rule_group")));

  /** What Prometheus gives every series. */
  private static final Set<String> OF_TARGETS = Set.of("job", "instance");

  private static final Map<String, Set<String>> LABELS = read();

  private KnownSeries() {}

  /** The labels that a series can have, those of its target among them; empty where unknown. */
  public static Set<String> labels(String series) {
    Set<String> labels = LABELS.get(series);
    if (labels == null) {
      return Set.of();
    }
    Set<String> all = new TreeSet<>(labels);
    all.addAll(OF_TARGETS);
    return all;
  }

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> labels = new HashMap<>(OTHERS);
    for (Documented family : Catalogue.read()) {
      Set<String> own = new TreeSet<>(family.labels());
      if (family.type().equals("summary")) {
        own.add("quantile");
      }
      labels.put(family.name(), own);
      if (!family.type().equals("counter") && !family.type().equals("gauge")) {
        labels.put(family.name() + "_sum", own);
        labels.put(family.name() + "_count", own);
      }
      if (family.type().equals("histogram")) {
        Set<String> buckets = new TreeSet<>(own);
        buckets.add("le");
        labels.put(family.name() + "_bucket", buckets);
      }
    }
    List<Rule> recorded =
        RuleFile.all().stream()
            .flatMap(file -> file.rules().stream())
            .filter(rule -> !rule.isAlert())
            .toList();
    // A rule may ask for what a later one records, and that for another one's.
    for (int i = 0; i < 3; i++) {
      recorded.forEach(rule -> record(rule, labels));
    }
    return labels;
  }

  private static void record(Rule rule, Map<String, Set<String>> labels) {
    Set<String> own = labels.computeIfAbsent(rule.name(), name -> new TreeSet<>());
    own.addAll(PromQl.groupingLabels(rule.expr()));
    rule.labels().keySet().forEach(label -> own.add(label.toString()));
    PromQl.selectors(rule.expr())
        .forEach(selector -> own.addAll(labels.getOrDefault(selector.name(), Set.of())));
  }
}
