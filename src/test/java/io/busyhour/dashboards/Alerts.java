package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.dashboards.Dashboard.Threshold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules in {@code rules}, as far as dashboards need them. */
public final class Alerts {
  /** Where rules are. */
  public static final Path FOLDER = Path.of("rules");

  private static final Map<String, String> COLOURS =
      Map.of("critical", "red", "warning", "orange", "info", "blue");

  /** What is judged against a number. */
  private static final Pattern JUDGED =
      Pattern.compile("(>=|<=|>|<)\\s*(-?[0-9.]+(?:e[0-9]+)?)(?![\\w.]|\\s*[*/+-])");

  /**
   * An alert.
   *
   * @param threshold the number that its expression judges first, if it judges one
   */
  public record Alert(String name, String runbook, Optional<Threshold> threshold) {}

  /** A series that a rule records. */
  public record Recorded(String name, String expr, List<String> labels) {}

  private Alerts() {}

  /** Whether there are rules. */
  public static boolean areThere() {
    return !files().isEmpty();
  }

  /** All files of rules that Prometheus loads. */
  public static List<Path> files() {
    if (!Files.isDirectory(FOLDER)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("busyhour-.*\\.yaml"))
          .filter(file -> !file.getFileName().toString().equals("busyhour-prometheusrule.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All alerts by their names. */
  public static Map<String, Alert> read() {
    Map<String, Alert> alerts = new LinkedHashMap<>();
    for (JsonNode rule : rules()) {
      if (rule.has("alert")) {
        String name = rule.get("alert").textValue();
        String colour = COLOURS.get(rule.path("labels").path("severity").asText());
        alerts.put(
            name,
            new Alert(
                name,
                rule.path("annotations").path("runbook_url").asText(),
                threshold(rule.get("expr").asText(), colour)));
      }
    }
    return alerts;
  }

  /** All recorded series; a name that several rules record is there several times. */
  public static List<Recorded> recorded() {
    List<Recorded> recorded = new ArrayList<>();
    for (JsonNode rule : rules()) {
      if (rule.has("record")) {
        List<String> labels = new ArrayList<>();
        rule.path("labels").fieldNames().forEachRemaining(labels::add);
        recorded.add(
            new Recorded(rule.get("record").textValue(), rule.get("expr").asText(), labels));
      }
    }
    return recorded;
  }

  private static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode group : DashboardSource.yaml(file).path("groups")) {
        group.path("rules").forEach(rules::add);
      }
    }
    return rules;
  }

  /** The comparison that is least deep in parentheses, and of these the first. */
  static Optional<Threshold> threshold(String expr, String colour) {
    String bare = PromQl.withoutTexts(expr);
    Matcher judged = JUDGED.matcher(bare);
    int least = Integer.MAX_VALUE;
    Threshold found = null;
    while (judged.find()) {
      int depth = depth(bare, judged.start());
      if (depth < least) {
        least = depth;
        boolean above = !judged.group(1).startsWith("<");
        found = new Threshold(above, Double.parseDouble(judged.group(2)), colour);
      }
    }
    return Optional.ofNullable(found);
  }

  private static int depth(String expr, int end) {
    int depth = 0;
    for (int i = 0; i < end; i++) {
      char c = expr.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return depth;
  }
}
