package io.busyhour.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.Catalogue;
import io.busyhour.Catalogue.Documented;
import io.busyhour.dashboards.MadeDashboards.Query;
import io.busyhour.rules.KnownSeries;
import io.busyhour.rules.PromQl;
import io.busyhour.rules.PromQl.Selector;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What dashboards ask for is in the catalogue of metrics, or is recorded by the rules. */
class DashboardMetricsTest {
  static final List<Query> QUERIES = MadeDashboards.queries();

  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.+), (\\w+)\\)");
  private static final Pattern NAMES = Pattern.compile("__name__=~\"([^\"]+)\"");

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

  @ParameterizedTest
  @FieldSource("QUERIES")
  void query_asksForWhatThereIs(Query query) {
    Set<String> known = new TreeSet<>();
    for (Selector selector : PromQl.selectors(query.expr())) {
      check(selector);
      known.addAll(KnownSeries.labels(selector.name()));
    }
    assertThat(known).containsAll(PromQl.groupingLabels(query.expr()));
    if (!query.legend().equals("__auto")) {
      assertThat(known).containsAll(PromQl.legendLabels(query.legend()));
    }
  }

  private static void check(Selector selector) {
    Set<String> known = KnownSeries.labels(selector.name());
    assertThat(known).as("labels of %s", selector.name()).isNotEmpty();
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
            assertThat(KnownSeries.labels(name)).as(name).contains(query.group(2));
          }
        } else {
          Selector selector = PromQl.selectors(query.group(1)).getFirst();
          check(selector);
          assertThat(KnownSeries.labels(selector.name())).contains(query.group(2));
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
