package io.busyhour.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The counters of a scrape: what may never fall. */
final class Counters {
  private static final Pattern FALLS_NEVER =
      Pattern.compile("(\\w+_total|\\w+_bucket|\\w+_count|\\w+_sum)(\\{.*})?");
  // A summary of the last 24 hours: its count and sum are those of a window.
  private static final Set<String> WINDOWS =
      Set.of("voice_call_duration_seconds_count", "voice_call_duration_seconds_sum");

  private final Map<String, BigDecimal> values = new LinkedHashMap<>();

  static Counters parse(String scrape) {
    Counters counters = new Counters();
    scrape
        .lines()
        // The process's own families (garbage collections, requests) begin anew with it.
        .filter(line -> !line.startsWith("#") && !line.contains("mp_scope"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              String series = line.substring(0, space);
              if (FALLS_NEVER.matcher(series).matches() && !WINDOWS.contains(series)) {
                counters.values.put(series, new BigDecimal(line.substring(space + 1)));
              }
            });
    return counters;
  }

  BigDecimal get(String series) {
    return values.getOrDefault(series, BigDecimal.ZERO);
  }

  /** The sum of all series of a family whose labels contain a text. */
  BigDecimal sum(String family, String labels) {
    return values.entrySet().stream()
        .filter(e -> e.getKey().equals(family) || e.getKey().startsWith(family + "{"))
        .filter(e -> e.getKey().contains(labels))
        .map(Map.Entry::getValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  void assertNoneBelow(Counters earlier) {
    earlier.values.forEach(
        (series, value) ->
            assertThat(values.get(series)).as(series).isNotNull().isGreaterThanOrEqualTo(value));
  }
}
