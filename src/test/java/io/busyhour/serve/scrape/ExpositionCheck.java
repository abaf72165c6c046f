package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text formats as strictly as their specifications are written. */
final class ExpositionCheck {
  private static final String NUMBER = "(?:NaN|[+-]Inf|[+-]?[0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)";
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final String LABELS = "\\{" + LABEL + "(?:," + LABEL + ")*\\}";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)("
              + LABELS
              + ")? ("
              + NUMBER
              + ")"
              + "( # "
              + LABELS
              + " "
              + NUMBER
              + " [0-9]+\\.[0-9]{3})?");
  private static final Pattern LE = Pattern.compile(",?le=\"([^\"]*)\"");

  private final Map<String, String> types = new HashMap<>();
  private final Set<String> samples = new HashSet<>();
  private final Map<String, Double> cumulative = new HashMap<>();
  private final boolean openMetrics;
  private String family = "";

  private ExpositionCheck(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /** Prometheus text format 0.0.4. */
  static void text(String exposition) {
    new ExpositionCheck(false).check(exposition);
  }

  /** OpenMetrics 1.0. */
  static void openMetrics(String exposition) {
    assertThat(exposition).endsWith("\n# EOF\n").doesNotContain("# EOF\n#");
    new ExpositionCheck(true).check(exposition.substring(0, exposition.length() - 6));
  }

  private void check(String exposition) {
    assertThat(exposition).endsWith("\n").doesNotContain("\n\n");
    List<String> lines = List.of(exposition.split("\n"));
    assertThat(lines).hasSizeGreaterThan(1);
    for (String line : lines) {
      if (line.startsWith("# ")) {
        metadata(line.split(" ", 4));
      } else {
        sample(line);
      }
    }
  }

  private void metadata(String[] parts) {
    if (parts[1].equals("TYPE")) {
      assertThat(types.put(parts[2], parts[3])).as("TYPE of %s before", parts[2]).isNull();
      family = parts[2];
    } else if (openMetrics) {
      assertThat(parts[2]).as("metadata after TYPE").isEqualTo(family);
      if (parts[1].equals("UNIT")) {
        assertThat(family).endsWith("_" + parts[3]);
      }
    } else {
      assertThat(parts[1]).isEqualTo("HELP");
    }
  }

  private void sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a sample: %s", line).isTrue();
    String name = sample.group(1);
    String labels = sample.group(2) == null ? "" : sample.group(2);
    String type = types.get(family);
    assertThat(endings(type))
        .as("endings of %s %s", type, family)
        .contains(name.startsWith(family) ? name.substring(family.length()) : "of another family");
    assertThat(samples.add(name + labels)).as("once: %s", line).isTrue();
    double value = number(sample.group(3));
    if (type.equals("counter") || type.equals("histogram")) {
      assertThat(value)
          .as(line)
          .satisfiesAnyOf(
              v -> assertThat(v).isGreaterThanOrEqualTo(0), v -> assertThat(name).endsWith("_sum"));
    }
    if (type.equals("histogram")) {
      bucket(name.substring(family.length()), labels, value);
    }
    if (sample.group(4) != null) {
      assertThat(openMetrics && (name.endsWith("_bucket") || name.endsWith("_total"))).isTrue();
    }
  }

  private Set<String> endings(String type) {
    return switch (type) {
      case "counter" -> openMetrics ? Set.of("_total", "_created") : Set.of("");
      case "gauge", "unknown", "untyped" -> Set.of("");
      case "info" -> Set.of("_info");
      case "summary" -> Set.of("", "_count", "_sum");
      case "histogram" ->
          openMetrics
              ? Set.of("_bucket", "_count", "_sum", "_created")
              : Set.of("_bucket", "_count", "_sum");
      default -> throw new AssertionError("type " + type);
    };
  }

  /** Cumulative, in rising order, and the last as many as the count. */
  private void bucket(String ending, String labels, double value) {
    String series = family + LE.matcher(labels).replaceAll("").replace("{}", "");
    if (ending.equals("_bucket")) {
      Matcher le = LE.matcher(labels);
      assertThat(le.find()).isTrue();
      assertThat(le.group(1)).isEqualTo(canonical(le.group(1)));
      assertThat(value).isGreaterThanOrEqualTo(cumulative.getOrDefault(series, 0.0));
      cumulative.put(series, value);
    } else if (ending.equals("_count")) {
      assertThat(value).isEqualTo(cumulative.get(series));
    }
  }

  /** OpenMetrics, "Considerations: Canonical Numbers". */
  private static String canonical(String bound) {
    return bound.equals("+Inf") ? bound : Double.toString(Double.parseDouble(bound));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
