package io.busyhour.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.Catalogue;
import io.busyhour.Catalogue.Documented;
import io.busyhour.dashboards.Alerts.Recorded;
import io.busyhour.dashboards.MadeDashboards.Query;
import io.busyhour.dashboards.PromQl.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What dashboards ask for is in the catalogue of metrics, or is recorded by the rules. */
class DashboardMetricsTest {
  static final List<Query> QUERIES = MadeDashboards.queries();

  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.+), (\\w+)\\)");
  private static final Pattern NAMES = Pattern.compile("__name__=~\"([^\"]+)\"");

  /** What Prometheus and Helidon say of a target; the test of a real scrape has them. */
  private static final Map<String, Set<String>> OTHERS =
      Map.ofEntries(
          Map.entry("up", Set.of()),
          Map.entry("scrape_duration_seconds", Set.of()),
          Map.entry("scrape_samples_post_metric_relabeling", Set.of()),
          Map.entry("ALERTS", Set.of("alertname", "alertstate", "severity")),
          Map.entry("jvm_uptime_seconds", Set.of()),
          Map.entry("memory_usedHeap_bytes", Set.of()),
          Map.entry("memory_maxHeap_bytes", Set.of()),
          Map.entry("gc_time_seconds_total", Set.of()),
          Map.entry("requests_count_total", Set.of()),
          Map.entry("thread_count", Set.of()),
          Map.entry("prometheus_rule_evaluation_failures_total", Set.of("rule_group")));

  /** Families that say how sure another one is, or that nobody looks at over time. */
  private static final Set<String> NOT_SHOWN =
      Set.of(
          "librato_sample",
          "campaign_success_rate_samples",
          "warp_margin_percentage_samples",
          "warp_dip_cache_hit_ratio_samples",
          "warp_short_call_ratio_samples",
          "twilio_call_success_ratio_samples",
          "twilio_message_delivery_ratio_samples",
          "voice_calls_success_rate_samples",
          "voice_transcript_rate_samples");

  private static final Map<String, Set<String>> LABELS = labels();

  /** The labels of each series, by its name. */
  private static Map<String, Set<String>> labels() {
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
    recorded(labels);
    // Again, as a rule may use what a later one records.
    recorded(labels);
    return labels;
  }

  private static void recorded(Map<String, Set<String>> labels) {
    for (Recorded series : Alerts.recorded()) {
      Set<String> grouped = new TreeSet<>(PromQl.groupingLabels(series.expr()));
      grouped.addAll(series.labels());
      PromQl.selectors(series.expr())
          .forEach(s -> grouped.addAll(labels.getOrDefault(s.name(), Set.of())));
      labels.computeIfAbsent(series.name(), name -> new TreeSet<>()).addAll(grouped);
    }
  }

  @ParameterizedTest
  @FieldSource("QUERIES")
  void query_asksForWhatThereIs(Query query) {
    Set<String> known = new TreeSet<>(Set.of("job", "instance"));
    for (Selector selector : PromQl.selectors(query.expr())) {
      if (selector.name().contains(":")) {
        Assumptions.assumeTrue(Alerts.areThere(), "SKIPPED: there are no recording rules");
      }
      check(selector);
      known.addAll(LABELS.get(selector.name()));
    }
    assertThat(known).containsAll(PromQl.groupingLabels(query.expr()));
    if (!query.legend().equals("__auto")) {
      assertThat(known).containsAll(PromQl.legendLabels(query.legend()));
    }
  }

  private static void check(Selector selector) {
    assertThat(LABELS).containsKey(selector.name());
    Set<String> known = new TreeSet<>(LABELS.get(selector.name()));
    known.addAll(Set.of("job", "instance"));
    assertThat(known).as("labels of %s", selector.name()).containsAll(selector.labels());
  }

  @Test
  void variable_isALabelOfWhatThereIs() {
    for (JsonNode dashboard : MadeDashboards.all()) {
      for (JsonNode variable : MadeDashboards.variables(dashboard)) {
        Matcher query = VARIABLE.matcher(variable.get("query").textValue());
        assertThat(query.matches()).isTrue();
        Matcher several = NAMES.matcher(query.group(1));
        if (several.find()) {
          for (String name : several.group(1).split("\\|", -1)) {
            assertThat(LABELS.get(name)).as(name).contains(query.group(2));
          }
        } else {
          Selector selector = PromQl.selectors(query.group(1)).getFirst();
          check(selector);
          assertThat(
                  LABELS.get(selector.name()).contains(query.group(2))
                      || Set.of("job", "instance").contains(query.group(2)))
              .isTrue();
        }
      }
    }
  }

  @Test
  void family_isShownSomewhere() {
    Set<String> shown = new TreeSet<>();
    for (Query query : QUERIES) {
      for (Selector selector : PromQl.selectors(query.expr())) {
        shown.add(selector.name());
        shown.add(selector.name().replaceAll("_(bucket|count|sum)$", ""));
      }
    }
    assertThat(Catalogue.read())
        .extracting(Documented::name)
        .filteredOn(name -> !NOT_SHOWN.contains(name))
        .isSubsetOf(shown);
    assertThat(shown).doesNotContainAnyElementsOf(NOT_SHOWN);
  }
}
