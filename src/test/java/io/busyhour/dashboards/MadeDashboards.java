package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The dashboards as Grafana reads them. */
public final class MadeDashboards {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Grafana puts for its own variables, in a window that tests fill. */
  private static final Map<String, String> OWN =
      Map.of("__rate_interval", "20s", "__interval", "1s", "__range", "1m");

  /** A query, and where it stands. */
  public record Query(String dashboard, String panel, String expr, String legend) {
    @Override
    public String toString() {
      return "%s / %s: %s".formatted(dashboard, panel, expr);
    }
  }

  private MadeDashboards() {}

  /** All of them. */
  public static List<JsonNode> all() {
    try (Stream<Path> files = Files.list(Path.of("dashboards"))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(MadeDashboards::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The panels of a dashboard that show something: rows left out. */
  public static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      if (!panel.get("type").textValue().equals("row")) {
        panels.add(panel);
      }
    }
    return panels;
  }

  /** Variables that are asked for. */
  public static List<JsonNode> variables(JsonNode dashboard) {
    List<JsonNode> variables = new ArrayList<>();
    for (JsonNode variable : dashboard.at("/templating/list")) {
      if (variable.get("type").textValue().equals("query")) {
        variables.add(variable);
      }
    }
    return variables;
  }

  /** All queries of panels and of annotations, as they are written. */
  public static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode dashboard : all()) {
      String title = dashboard.get("title").textValue();
      for (JsonNode annotation : dashboard.at("/annotations/list")) {
        queries.add(new Query(title, "annotation", annotation.get("expr").textValue(), ""));
      }
      for (JsonNode panel : panels(dashboard)) {
        for (JsonNode target : panel.get("targets")) {
          queries.add(
              new Query(
                  title,
                  panel.get("title").textValue(),
                  target.get("expr").textValue(),
                  target.get("legendFormat").textValue()));
        }
      }
    }
    return queries;
  }

  /** An expression as it is asked when all values of all variables are chosen. */
  public static String filled(JsonNode dashboard, String expr) {
    String filled = expr;
    for (Map.Entry<String, String> own : OWN.entrySet()) {
      filled = filled.replaceAll("\\$%s\\b".formatted(own.getKey()), own.getValue());
    }
    for (JsonNode variable : variables(dashboard)) {
      String name = variable.get("name").textValue();
      filled = filled.replaceAll("\\$%s\\b".formatted(name), ".+");
    }
    if (filled.contains("$")) {
      throw new IllegalArgumentException("a variable that there is not: " + filled);
    }
    return filled;
  }
}
