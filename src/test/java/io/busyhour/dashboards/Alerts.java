package io.busyhour.dashboards;

import io.busyhour.dashboards.Dashboard.Threshold;
import io.busyhour.rules.PromQl;
import io.busyhour.rules.RuleFile;
import io.busyhour.rules.RuleFile.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The alerts in {@code rules}, as far as dashboards show them. */
public final class Alerts {
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

  private Alerts() {}

  /** All alerts by their names. */
  public static Map<String, Alert> read() {
    Map<String, Alert> alerts = new LinkedHashMap<>();
    for (Rule rule : RuleFile.all().stream().flatMap(file -> file.alerts().stream()).toList()) {
      String runbook = String.valueOf(rule.annotations().get("runbook_url"));
      String colour = COLOURS.get(String.valueOf(rule.labels().get("severity")));
      alerts.put(rule.name(), new Alert(rule.name(), runbook, threshold(rule.expr(), colour)));
    }
    return alerts;
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
