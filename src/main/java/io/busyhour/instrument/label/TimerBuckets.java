package io.busyhour.instrument.label;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The buckets of timers after MicroProfile Metrics 5.1: {@code a.timer=10ms,1s;b.*=1s,1m}. A name
 * may end in an asterisk, of several that suit the last counts, and a value without a unit is in
 * milliseconds. Values that are none are left out, as the specification has it; Helidon, which
 * reads the same setting, warns of them.
 */
final class TimerBuckets {
  static final String SETTING = "mp.metrics.distribution.timer.buckets";

  private static final List<Double> STANDARD =
      List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

  private static final Pattern VALUE = Pattern.compile("(\\d{1,12})(ms|s|m|h)?");

  private final String setting;

  TimerBuckets(Optional<String> setting) {
    this.setting = setting.orElse("");
  }

  /** Upper bounds in seconds. */
  List<Double> of(MetricName name) {
    List<Double> bounds = STANDARD;
    for (String part : setting.split(";", -1)) {
      String[] sides = part.split("=", 2);
      String pattern = sides[0].strip();
      if (sides.length == 2
          && (suits(pattern, name.microprofile()) || suits(pattern, name.exposed()))) {
        bounds = parse(sides[1]);
      }
    }
    return bounds;
  }

  private static boolean suits(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  private static List<Double> parse(String values) {
    return Arrays.stream(values.split(",", -1))
        .map(TimerBuckets::seconds)
        .flatMapToDouble(OptionalDouble::stream)
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  private static OptionalDouble seconds(String text) {
    Matcher value = VALUE.matcher(text.strip());
    if (!value.matches() || Long.parseLong(value.group(1)) == 0) {
      return OptionalDouble.empty();
    }
    long number = Long.parseLong(value.group(1));
    return OptionalDouble.of(
        switch (value.group(2) == null ? "ms" : value.group(2)) {
          case "s" -> number;
          case "m" -> number * 60.0;
          case "h" -> number * 3600.0;
          default -> number / 1000.0;
        });
  }
}
