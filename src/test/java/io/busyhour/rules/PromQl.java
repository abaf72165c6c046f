package io.busyhour.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in an expression: the series that it selects, and the labels that it groups by. */
public final class PromQl {
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
  private static final Pattern OFFSET = Pattern.compile("\\boffset\\s+-?\\w+");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)?\\s*(?:\\{([^}]*)\\}|(?<=\\w)(?!\\w|\\s*\\())");
  private static final Pattern MATCHER =
      Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "by", "without", "on", "ignoring", "inf", "nan");

  /**
   * A selected series.
   *
   * @param name of the metric; empty where only labels select
   * @param labels names of the labels that are matched
   * @param range what stands in brackets behind it, or empty
   * @param function what it is given to, or empty
   */
  public record Selector(String name, Set<String> labels, String range, String function) {}

  private PromQl() {}

  /** The expression with empty texts instead of all texts, so that nothing in them is mistaken. */
  public static String withoutTexts(String expr) {
    return TEXT.matcher(expr).replaceAll("\"\"");
  }

  /** The names in all clauses that group or match by labels. */
  public static Set<String> groupingLabels(String expr) {
    Set<String> labels = new TreeSet<>();
    for (MatchResult clause : GROUPING.matcher(withoutTexts(expr)).results().toList()) {
      for (String label : clause.group(1).split(",", -1)) {
        if (!label.isBlank()) {
          labels.add(label.strip());
        }
      }
    }
    return labels;
  }

  /** The labels that a legend names in double braces. */
  public static Set<String> legendLabels(String legend) {
    Set<String> labels = new TreeSet<>();
    LEGEND.matcher(legend).results().forEach(found -> labels.add(found.group(1)));
    return labels;
  }

  /** All selectors, in their order. */
  public static List<Selector> selectors(String expr) {
    // Texts and ranges are blanked but keep their lengths, so that places stay the same.
    String bare = blanked(blanked(blanked(expr, TEXT, '"'), RANGE, ' '), OFFSET, ' ');
    bare = blanked(bare, GROUPING, ' ');
    List<Selector> selectors = new ArrayList<>();
    Matcher found = SELECTOR.matcher(bare);
    int from = 0;
    while (from < bare.length() && found.find(from)) {
      from = Math.max(found.end(), from + 1);
      String name = found.group(1) == null || isWord(found.group(1)) ? "" : found.group(1);
      boolean number = found.start() > 0 && isPartOfNumber(bare.charAt(found.start() - 1));
      if ((!name.isEmpty() && !number) || (name.isEmpty() && found.group(2) != null)) {
        selectors.add(selector(name, expr, bare, found));
      }
    }
    return selectors;
  }

  private static Selector selector(String name, String expr, String bare, Matcher found) {
    Set<String> labels = new TreeSet<>();
    if (found.group(2) != null) {
      String matchers = expr.substring(found.start(2), found.end(2));
      MATCHER.matcher(matchers).results().forEach(m -> labels.add(m.group(1)));
    }
    Matcher range = RANGE.matcher(expr).region(found.end(), expr.length());
    return new Selector(
        name, labels, range.lookingAt() ? range.group() : "", function(bare, found.start()));
  }

  /** What stands before the parenthesis that opens right before a place. */
  private static String function(String bare, int place) {
    Matcher before = Pattern.compile("(\\w+)\\s*\\(\\s*$").matcher(bare.substring(0, place));
    return before.find() ? before.group(1) : "";
  }

  private static boolean isPartOfNumber(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '$' || c == '_';
  }

  private static boolean isWord(String name) {
    return WORDS.contains(name) || name.equals("offset") || name.startsWith("group_");
  }

  private static String blanked(String text, Pattern what, char with) {
    return what.matcher(text)
        .replaceAll(found -> String.valueOf(with).repeat(found.group().length()));
  }
}
