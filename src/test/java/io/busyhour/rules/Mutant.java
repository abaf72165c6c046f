package io.busyhour.rules;

import io.busyhour.rules.RuleFile.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An alert with one thing changed, which a test of it must notice.
 *
 * @param what was changed, for people
 * @param rule the changed alert
 */
record Mutant(String what, Rule rule) {
  private static final Pattern COMPARISON = Pattern.compile(">=|<=|==|!=|>|<");
  private static final Map<String, String> FLIPPED =
      Map.of(">=", "<", "<=", ">", "==", "!=", "!=", "==", ">", "<=", "<", ">=");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.:$])\\d+(?:\\.\\d+)?(?:e\\d+)?(?![\\w.:])");
  private static final Pattern DURATION = Pattern.compile("(\\d+)([smhd])");

  /** What is no threshold: texts, ranges, offsets and labels. */
  private static final Pattern OTHER =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\{[^}]*}|\\[[^\\]]*]|\\boffset\\s+\\w+|#[^\\n]*");

  /**
   * All mutants: each number a fifth lower and higher, each comparison turned, each wait changed.
   */
  static List<Mutant> of(Rule alert) {
    String bare = OTHER.matcher(alert.expr()).replaceAll(m -> " ".repeat(m.group().length()));
    List<Mutant> mutants = new ArrayList<>();
    if (!COMPARISON.matcher(bare).find()) {
      // Nothing is judged, as by the watchdog, which is always 1.
      return mutants;
    }
    for (MatchResult number : NUMBER.matcher(bare).results().toList()) {
      BigDecimal value = new BigDecimal(number.group());
      if (value.signum() != 0) {
        for (String factor : List.of("0.8", "1.2")) {
          String moved =
              value.multiply(new BigDecimal(factor)).stripTrailingZeros().toPlainString();
          mutants.add(expr(alert, number, moved));
        }
      }
    }
    for (MatchResult comparison : COMPARISON.matcher(bare).results().toList()) {
      mutants.add(expr(alert, comparison, FLIPPED.get(comparison.group())));
    }
    for (String wait : List.of("for", "keep_firing_for")) {
      if (alert.fields().containsKey(wait)) {
        mutants.add(field(alert, wait, "0s"));
        mutants.add(field(alert, wait, doubled(alert.text(wait))));
      }
    }
    return mutants;
  }

  private static Mutant expr(Rule alert, MatchResult place, String instead) {
    String expr = alert.expr();
    String from = expr.substring(Math.max(0, place.start() - 40), place.end());
    return new Mutant(
        "..." + from.strip().replaceAll("\\s+", " ") + " -> " + instead,
        with(
            alert,
            "expr",
            expr.substring(0, place.start()) + instead + expr.substring(place.end())));
  }

  private static Mutant field(Rule alert, String field, String value) {
    return new Mutant(field + ": " + alert.text(field) + " -> " + value, with(alert, field, value));
  }

  private static Rule with(Rule alert, String field, String value) {
    Map<String, Object> fields = new LinkedHashMap<>(alert.fields());
    fields.put(field, value);
    return new Rule(fields);
  }

  private static String doubled(String duration) {
    return DURATION.matcher(duration).replaceAll(m -> 2 * Long.parseLong(m.group(1)) + m.group(2));
  }
}
