package io.busyhour.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.rules.PromQl;
import io.busyhour.rules.PromQl.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The rules of grafana/dashboard-linter, under its names where it has one, and what else is to be
 * the same in all dashboards. What dashboard-linter is told to leave out is in {@code
 * dashboards/.lint}.
 */
class DashboardLintTest {
  static final List<JsonNode> ALL = MadeDashboards.all();

  private static final Set<String> UNITS =
      Set.of(
          "none",
          "short",
          "percent",
          "percentunit",
          "currencyUSD",
          "cps",
          "cpm",
          "ops",
          "reqps",
          "mps",
          "s",
          "ms",
          "m",
          "h",
          "bytes");
  private static final Set<String> TYPES =
      Set.of("stat", "gauge", "bargauge", "timeseries", "table", "heatmap", "state-timeline");
  private static final Pattern VARIABLE_QUERY =
      Pattern.compile("label_values\\((.+), ([a-z_]+)\\)");
  private static final Pattern COMPARED =
      Pattern.compile("(=~|!~|!=|=)\\s*\"[^\"]*\\$(\\w+)[^\"]*\"");
  private static final int COLUMNS = 24;

  @Test
  void dashboards_areEleven_withUniqueNames() {
    assertThat(ALL).hasSize(11);
    assertThat(ALL).extracting(d -> d.get("uid").textValue()).doesNotHaveDuplicates();
    assertThat(ALL).extracting(d -> d.get("title").textValue()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void dashboard_isClassicAndUneditable(JsonNode dashboard) {
    assertThat(dashboard.get("schemaVersion").intValue()).isEqualTo(42);
    assertThat(dashboard.get("editable").booleanValue()).isFalse();
    assertThat(dashboard.get("uid").textValue()).matches("busyhour-[a-z]{1,31}");
    assertThat(dashboard.has("id")).isFalse();
    assertThat(dashboard.at("/tags/0").textValue()).isEqualTo("busyhour");
    assertThat(dashboard.get("description").textValue()).endsWith("?");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void dashboard_linksToTheOthers_andShowsFiringAlerts(JsonNode dashboard) {
    JsonNode link = dashboard.at("/links/0");
    assertThat(link.get("type").textValue()).isEqualTo("dashboards");
    assertThat(link.at("/tags/0").textValue()).isEqualTo("busyhour");
    assertThat(link.get("includeVars").booleanValue()).isTrue();
    JsonNode annotation = dashboard.at("/annotations/list/0");
    assertThat(annotation.get("expr").textValue()).startsWith("ALERTS{");
    assertThat(annotation.get("enable").booleanValue()).isTrue();
    assertThat(annotation.at("/datasource/uid").textValue()).isEqualTo("${datasource}");
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void templateDatasourceRule(JsonNode dashboard) {
    JsonNode first = dashboard.at("/templating/list/0");
    assertThat(first.get("name").textValue()).isEqualTo("datasource");
    assertThat(first.get("label").textValue()).isEqualTo("Data source");
    assertThat(first.get("type").textValue()).isEqualTo("datasource");
    assertThat(first.get("query").textValue()).isEqualTo("prometheus");
  }

  /** Its rules of job and instance are for the dashboard of the instances themselves. */
  @ParameterizedTest
  @FieldSource("ALL")
  void templateJobRule_templateInstanceRule(JsonNode dashboard) {
    List<String> names = names(dashboard);
    boolean itself = dashboard.get("uid").textValue().equals("busyhour-itself");
    assertThat(names.containsAll(List.of("job", "instance"))).isEqualTo(itself);
    for (JsonNode variable : MadeDashboards.variables(dashboard)) {
      assertThat(variable.get("multi").booleanValue()).isTrue();
      assertThat(variable.get("includeAll").booleanValue()).isTrue();
      assertThat(variable.get("allValue").textValue()).isEqualTo(".+");
      assertThat(variable.get("label").textValue())
          .isEqualToIgnoringCase(variable.get("name").textValue());
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void templateLabelPromqlRule_templateOnTimeChangeReloadRule(JsonNode dashboard) {
    for (JsonNode variable : MadeDashboards.variables(dashboard)) {
      assertThat(variable.get("query").textValue()).matches(VARIABLE_QUERY);
      assertThat(variable.get("refresh").intValue()).isEqualTo(2);
      assertThat(variable.at("/datasource/uid").textValue()).isEqualTo("${datasource}");
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void panelRules(JsonNode dashboard) {
    for (JsonNode panel : MadeDashboards.panels(dashboard)) {
      String title = panel.get("title").textValue();
      assertThat(title).isNotBlank();
      assertThat(panel.get("description").textValue()).as(title).isNotBlank().endsWith(".");
      assertThat(panel.get("type").textValue()).as(title).isIn(TYPES);
      assertThat(panel.at("/datasource/uid").textValue()).isEqualTo("${datasource}");
      assertThat(panel.at("/fieldConfig/defaults/unit").textValue()).as(title).isIn(UNITS);
      assertThat(panel.get("targets")).as(title).isNotEmpty();
      for (JsonNode target : panel.get("targets")) {
        assertThat(target.at("/datasource/type").textValue()).isEqualTo("prometheus");
        assertThat(target.at("/datasource/uid").textValue()).isEqualTo("${datasource}");
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void panels_haveTheirOwnIdsAndPlaces(JsonNode dashboard) {
    Set<Integer> ids = new HashSet<>();
    Set<List<Integer>> taken = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(ids.add(panel.get("id").intValue())).as("id of %s", panel).isTrue();
      JsonNode place = panel.get("gridPos");
      int right = place.get("x").intValue() + place.get("w").intValue();
      assertThat(right).isLessThanOrEqualTo(COLUMNS);
      assertThat(place.get("w").intValue()).isPositive();
      for (int x = place.get("x").intValue(); x < right; x++) {
        for (int y = 0; y < place.get("h").intValue(); y++) {
          List<Integer> cell = List.of(x, y + place.get("y").intValue());
          assertThat(taken.add(cell)).as("place of %s", panel.get("title")).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void targets_haveTheirOwnLetters_andExemplarsOfTimes(JsonNode dashboard) {
    for (JsonNode panel : MadeDashboards.panels(dashboard)) {
      List<String> letters = new ArrayList<>();
      for (JsonNode target : panel.get("targets")) {
        letters.add(target.get("refId").textValue());
        boolean shown =
            target.get("expr").textValue().startsWith("histogram_quantile(")
                && panel.get("type").textValue().equals("timeseries");
        assertThat(target.path("exemplar").asBoolean()).isEqualTo(shown);
      }
      assertThat(letters).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void targetRateIntervalRule_targetCounterAggRule(JsonNode dashboard) {
    for (String expr : exprs(dashboard)) {
      for (Selector selector : PromQl.selectors(expr)) {
        boolean rate = selector.function().matches("i?rate");
        assertThat(rate && !selector.range().equals("[$__rate_interval]")).as(expr).isFalse();
        boolean ofIncrease = rate || Set.of("increase", "resets").contains(selector.function());
        if (selector.name().endsWith("_total") || selector.name().endsWith("_bucket")) {
          assertThat(ofIncrease).as("%s in %s", selector.name(), expr).isTrue();
        }
        if (selector.range().equals("[$__rate_interval]")) {
          assertThat(ofIncrease).as(expr).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void targetJobRule_targetInstanceRule(JsonNode dashboard) {
    boolean itself = dashboard.get("uid").textValue().equals("busyhour-itself");
    for (String expr : exprs(dashboard)) {
      for (Selector selector : PromQl.selectors(expr)) {
        // What Prometheus says of itself is of another job.
        boolean busyhours = !selector.name().startsWith("prometheus_");
        assertThat(selector.labels().containsAll(List.of("job", "instance")))
            .as("job and instance in %s", expr)
            .isEqualTo(itself && busyhours);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void variables_areUsed_andOnlyWithRegularExpressions(JsonNode dashboard) {
    List<String> names = names(dashboard);
    Set<String> used = new TreeSet<>();
    List<String> all = exprs(dashboard);
    MadeDashboards.variables(dashboard).forEach(v -> all.add(v.get("query").textValue()));
    for (String expr : all) {
      Matcher compared = COMPARED.matcher(expr);
      while (compared.find()) {
        assertThat(compared.group(1)).as(expr).isEqualTo("=~");
        used.add(compared.group(2));
      }
      assertThat(MadeDashboards.filled(dashboard, expr)).doesNotContain("$");
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void exclusions_areThoseOfJobAndInstance() {
    JsonNode lint = DashboardSource.yaml(Path.of("dashboards/.lint"));
    List<String> excluded = new ArrayList<>();
    lint.get("exclusions").fieldNames().forEachRemaining(excluded::add);
    assertThat(excluded)
        .containsExactlyInAnyOrder(
            "template-job-rule",
            "template-instance-rule",
            "target-job-rule",
            "target-instance-rule");
    assertThat(lint.get("exclusions")).allMatch(rule -> rule.get("reason").isTextual());
  }

  private static List<String> names(JsonNode dashboard) {
    return MadeDashboards.variables(dashboard).stream()
        .map(variable -> variable.get("name").textValue())
        .toList();
  }

  private static List<String> exprs(JsonNode dashboard) {
    List<String> exprs = new ArrayList<>();
    MadeDashboards.panels(dashboard)
        .forEach(p -> p.get("targets").forEach(t -> exprs.add(t.get("expr").textValue())));
    return exprs;
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void threshold_goesUpwards(JsonNode dashboard) {
    for (JsonNode panel : MadeDashboards.panels(dashboard)) {
      JsonNode steps = panel.at("/fieldConfig/defaults/thresholds/steps");
      assertThat(steps.get(0).get("value").isNull()).isTrue();
      List<Double> values = new ArrayList<>();
      steps.forEach(step -> values.add(step.get("value").doubleValue()));
      assertThat(values.subList(1, values.size()))
          .as("steps of %s", panel.get("title"))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void runbook_isLinkedForEachAlertThatIsNamed() {
    List<JsonNode> panels = ALL.stream().flatMap(d -> MadeDashboards.panels(d).stream()).toList();
    Pattern alert = Pattern.compile("Busyhour[0-9A-Z]\\w+");
    for (JsonNode panel : panels) {
      Stream<String> named =
          alert.matcher(panel.get("description").textValue()).results().map(m -> m.group());
      List<String> linked = new ArrayList<>();
      panel.get("links").forEach(l -> linked.add(l.get("title").textValue()));
      assertThat(named.map("Runbook: "::concat).toList()).isEqualTo(linked);
      for (JsonNode link : panel.get("links")) {
        String name = link.get("title").textValue().substring("Runbook: ".length());
        assertThat(link.get("url").textValue())
            .endsWith("docs/runbooks.md#" + name.toLowerCase(Locale.ROOT));
      }
    }
  }
}
