package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.dashboards.Dashboard.Panel;
import io.busyhour.dashboards.Dashboard.Row;
import io.busyhour.dashboards.Dashboard.Scale;
import io.busyhour.dashboards.Dashboard.Size;
import io.busyhour.dashboards.Dashboard.Target;
import io.busyhour.dashboards.Dashboard.Threshold;
import io.busyhour.rules.RuleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what people write of a dashboard; an unknown key is an error. */
public final class DashboardSource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("dashboards/source");

  /** All dashboards, in the order in which people are told of them. */
  private static final List<String> NAMES =
      List.of(
          "overview",
          "account",
          "quality",
          "trunks",
          "campaigns",
          "dialer",
          "messaging",
          "money",
          "webhooks",
          "sources",
          "itself");

  private static final Set<String> SMALL = Set.of("stat", "gauge");
  private static final int HALF = 12;
  private static final int TALL = 8;
  private static final int LOW = 4;

  private DashboardSource() {}

  /** All dashboards. */
  public static List<Dashboard> all() {
    return NAMES.stream().map(DashboardSource::read).toList();
  }

  private static Dashboard read(String name) {
    JsonNode source = yaml(FOLDER.resolve(name + ".yaml"));
    check(source, Set.of("title", "question", "variables", "rows"));
    List<Row> rows = new ArrayList<>();
    for (JsonNode row : source.get("rows")) {
      check(row, Set.of("title", "panels"));
      List<Panel> panels = new ArrayList<>();
      row.get("panels").forEach(panel -> panels.add(panel(panel)));
      rows.add(new Row(row.get("title").textValue(), panels));
    }
    return new Dashboard(
        name,
        source.get("title").textValue(),
        source.get("question").textValue(),
        texts(source.path("variables")),
        rows);
  }

  /** A YAML file as a tree. */
  public static JsonNode yaml(Path file) {
    return JSON.valueToTree(RuleFile.yaml(file));
  }

  private static void check(JsonNode node, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s (expected: %s)".formatted(node, unknown, new TreeSet<>(known)));
    }
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
    return texts;
  }

  private static Panel panel(JsonNode panel) {
    check(
        panel,
        Set.of(
            "title",
            "says",
            "needs",
            "type",
            "unit",
            "min",
            "max",
            "stack",
            "width",
            "alerts",
            "color",
            "values",
            "expr",
            "legend",
            "targets",
            "quantiles"));
    String type = panel.path("type").asText("timeseries");
    int width = SMALL.contains(type) ? LOW : HALF;
    return new Panel(
        panel.get("title").textValue(),
        panel.get("says").textValue(),
        panel.path("needs").textValue(),
        type,
        panel.path("unit").asText("none"),
        new Scale(number(panel, "min"), number(panel, "max"), panel.path("stack").asBoolean()),
        new Size(panel.path("width").asInt(width), SMALL.contains(type) ? LOW : TALL),
        alerts(panel.path("alerts")),
        mark(panel.path("color")),
        texts(panel.path("values")),
        targets(panel));
  }

  private static Double number(JsonNode node, String name) {
    return node.has(name) ? node.get(name).doubleValue() : null;
  }

  /** One name, several of them, or names with their factors. */
  private static Map<String, Double> alerts(JsonNode node) {
    Map<String, Double> alerts = new LinkedHashMap<>();
    if (node.isTextual()) {
      alerts.put(node.textValue(), 1.0);
    }
    if (node.isArray()) {
      node.forEach(name -> alerts.put(name.textValue(), 1.0));
    }
    if (node.isObject()) {
      node.properties().forEach(e -> alerts.put(e.getKey(), e.getValue().doubleValue()));
    }
    return alerts;
  }

  private static Threshold mark(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    check(node, Set.of("above", "below", "is"));
    boolean above = node.has("above");
    double value = node.get(above ? "above" : "below").doubleValue();
    return new Threshold(above, value, node.get("is").textValue());
  }

  private static List<Target> targets(JsonNode panel) {
    List<Target> targets = new ArrayList<>();
    if (panel.has("expr")) {
      targets.add(target(panel));
    }
    for (JsonNode target : panel.path("targets")) {
      check(target, Set.of("expr", "legend"));
      targets.add(target(target));
    }
    if (panel.has("quantiles")) {
      targets.addAll(quantiles(panel.get("quantiles")));
    }
    return targets;
  }

  private static Target target(JsonNode node) {
    return new Target(node.get("expr").textValue().strip(), node.path("legend").asText(""));
  }

  /** How long something takes: a query for each quantile. */
  private static List<Target> quantiles(JsonNode node) {
    check(node, Set.of("of", "where", "by", "at"));
    String where = node.has("where") ? "{" + node.get("where").textValue() + "}" : "";
    String by = node.path("by").asText("");
    List<Target> targets = new ArrayList<>();
    for (JsonNode at : node.get("at")) {
      String expr =
          "histogram_quantile(%s, sum by (le%s) (rate(%s_bucket%s[$__rate_interval])))"
              .formatted(
                  at.asText(), by.isEmpty() ? "" : ", " + by, node.get("of").textValue(), where);
      String percent = "p" + Math.round(at.doubleValue() * 100);
      targets.add(new Target(expr, by.isEmpty() ? percent : "{{%s}} %s".formatted(by, percent)));
    }
    return targets;
  }
}
