package io.busyhour.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.rules.PromQl.Selector;
import io.busyhour.rules.RuleFile.Group;
import io.busyhour.rules.RuleFile.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The form of the rules, and that they ask for what there is. */
class RulesTest {
  private static final List<RuleFile> FILES = RuleFile.all();
  private static final List<Rule> RULES =
      FILES.stream().flatMap(file -> file.rules().stream()).toList();
  private static final List<Rule> ALERTS = RULES.stream().filter(Rule::isAlert).toList();

  private static final Set<String> AREAS =
      Set.of(
          "calls",
          "quality",
          "money",
          "fraud",
          "messaging",
          "webhooks",
          "campaigns",
          "dialer",
          "platform",
          "busyhour");
  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info", "none");
  private static final Pattern RANGE = Pattern.compile("\\[(\\d+)([smhdw])[\\]:]");
  private static final Pattern LE = Pattern.compile("\\ble\\s*(=~|!=|=|!~)");
  private static final Pattern SHOWN = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (Busyhour\\w+)$");

  /** What Prometheus 2.42 does not know. */
  private static final Set<String> KNOWN_FIELDS =
      Set.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

  @Test
  void groups_haveNamesOfTheirOwn() {
    assertThat(FILES.stream().flatMap(file -> file.groups().stream()).map(Group::name))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("busyhour-[a-z]+\\.(rules|alerts)"));
  }

  @Test
  void alerts_haveNamesOfTheirOwnInTheirArea() {
    assertThat(ALERTS.stream().map(Rule::name))
        .hasSizeGreaterThan(40)
        .allMatch(name -> name.startsWith("Busyhour"));
    // The same name twice is one alert with two speeds, as in busyhour-slo.yaml.
    assertThat(ALERTS.stream().filter(a -> !a.labels().containsKey("slo")).map(Rule::name))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void rule_loadsInPrometheus242(Rule rule) {
    assertThat(KNOWN_FIELDS).containsAll(rule.fields().keySet());
    assertThat(LE.matcher(rule.expr()).results().map(found -> found.group(1)))
        .allMatch(matcher -> matcher.endsWith("~"), "a regular expression: 3 may print as 3.0");
    for (MatchResult range : RANGE.matcher(rule.expr()).results().toList()) {
      assertThat(seconds(range)).as(range.group()).isGreaterThanOrEqualTo(4 * 15);
    }
  }

  private static long seconds(MatchResult range) {
    long unit =
        switch (range.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> 7 * 86_400;
        };
    return Long.parseLong(range.group(1)) * unit;
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void rule_asksForWhatThereIs(Rule rule) {
    Set<String> known = new TreeSet<>();
    for (Selector selector : PromQl.selectors(rule.expr())) {
      Set<String> labels = KnownSeries.labels(selector.name());
      assertThat(labels).as("labels of %s", selector.name()).isNotEmpty();
      assertThat(labels).as("labels of %s", selector.name()).containsAll(selector.labels());
      known.addAll(labels);
    }
    // What label_replace makes is in the expression as a text.
    Pattern.compile("label_replace\\([^\"]*\"(\\w+)\"|,\\s*\"(\\w+)\",\\s*\"[^\"]*\",\\s*\"")
        .matcher(rule.expr())
        .results()
        .forEach(made -> known.add(made.group(1) == null ? made.group(2) : made.group(1)));
    assertThat(known).containsAll(PromQl.groupingLabels(rule.expr()));
    known.addAll(rule.labels().keySet().stream().map(Object::toString).toList());
    for (Object text : rule.annotations().values()) {
      assertThat(known)
          .containsAll(
              SHOWN.matcher(text.toString()).results().map(found -> found.group(1)).toList());
    }
  }

  @Test
  void recorded_areNamedByLevelMetricAndOperation() {
    assertThat(RULES.stream().filter(rule -> !rule.isAlert()).map(Rule::name))
        .isNotEmpty()
        .allMatch(name -> name.matches("[a-z0-9_]+:[a-z0-9_]+:[a-z0-9_]+"));
  }

  @ParameterizedTest
  @FieldSource("ALERTS")
  void alert_saysWhatPeopleNeed(Rule alert) {
    Map<?, ?> labels = alert.labels();
    assertThat(SEVERITIES).contains(String.valueOf(labels.get("severity")));
    assertThat(AREAS).contains(String.valueOf(labels.get("area")));
    Map<?, ?> annotations = alert.annotations();
    assertThat(annotations.keySet().stream().map(Object::toString))
        .containsExactlyInAnyOrder("summary", "description", "runbook_url");
    // A summary with a figure in it is another one each minute: nothing would be grouped.
    assertThat(annotations.get("summary").toString()).doesNotContain("$value");
    assertThat(annotations.get("description").toString()).endsWith(".");
    assertThat(annotations.get("runbook_url").toString())
        .endsWith("/docs/runbooks.md#" + alert.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void runbooks_areThoseOfTheAlerts() throws IOException {
    String runbooks = Files.readString(Path.of("docs/runbooks.md"));

    assertThat(HEADING.matcher(runbooks).results().map(found -> found.group(1)))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            new TreeSet<>(ALERTS.stream().map(Rule::name).toList()));
  }

  @ParameterizedTest
  @FieldSource("ALERTS")
  void alert_isTestedFiringNearlyFiringAndWithoutData(Rule alert) throws IOException {
    List<String> tests = names().stream().filter(name -> isOf(name, alert.name())).toList();

    assertThat(tests).anyMatch(name -> name.contains(" fires"));
    if (!alert.labels().get("severity").equals("none")) {
      assertThat(tests).anyMatch(name -> name.contains("near miss"));
      assertThat(tests).anyMatch(name -> name.contains("missing data"));
    }
  }

  private static boolean isOf(String test, String alert) {
    return Pattern.compile("\\b" + alert + "\\b").matcher(test).find();
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(RuleFile.FOLDER.resolve("tests"))) {
      return files
          .filter(file -> file.toString().endsWith("_test.yaml"))
          .flatMap(file -> ((List<?>) RuleFile.yaml(file).get("tests")).stream())
          .map(test -> String.valueOf(((Map<?, ?>) test).get("name")))
          .toList();
    }
  }
}
