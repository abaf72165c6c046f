package io.busyhour.incidents;

import io.busyhour.rules.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A copy of the rules in which time goes forty times as fast, so that an incident is told of within
 * seconds. Nothing else differs; above all every threshold, and every number of calls, messages or
 * attempts that must be there before anything is judged, is as it ships.
 *
 * <ul>
 *   <li>Ranges and offsets, {@code [10m]} or {@code offset 1h}, are a fortieth of what they were,
 *       but at least 15 s: a rate of few events is no rate.
 *   <li>What has to last, {@code for} and {@code keep_firing_for}, lasts 8 s.
 *   <li>Rules are evaluated each second.
 * </ul>
 *
 * The windows of Busyhour's own gauges, such as {@code window="5m"}, are as long as ever.
 */
final class ShortRules {
  private static final int FASTER = 40;
  private static final Duration LEAST = Duration.ofSeconds(15);

  private static final String LENGTH = "(?:\\d+(?:ms|[smhdwy]))+";
  private static final Pattern RANGE =
      Pattern.compile("\\[(" + LENGTH + ")(:(?:" + LENGTH + ")?)?]");
  private static final Pattern OFFSET = Pattern.compile("\\boffset (" + LENGTH + ")");
  private static final Pattern LASTS = Pattern.compile("(?m)^(\\s*(?:keep_firing_for|for):).*$");
  private static final Pattern INTERVAL = Pattern.compile("(?m)^(\\s*interval:).*$");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");

  private ShortRules() {}

  /** Writes such a copy of each file of rules. */
  static void copy(Path to) throws IOException {
    Files.createDirectories(to);
    for (RuleFile file : RuleFile.all()) {
      String text = Files.readString(RuleFile.FOLDER.resolve(file.name()));
      Files.writeString(to.resolve(file.name()), shortened(text));
    }
  }

  /** The text of a file of rules in which time goes faster. */
  static String shortened(String rules) {
    String text = RANGE.matcher(rules).replaceAll(ShortRules::range);
    text = OFFSET.matcher(text).replaceAll(found -> "offset " + shorter(found.group(1)));
    text = LASTS.matcher(text).replaceAll("$1 8s");
    return INTERVAL.matcher(text).replaceAll("$1 1s");
  }

  private static String range(MatchResult found) {
    String step = found.group(2) == null ? "" : ":1s";
    return "[" + shorter(found.group(1)) + step + "]";
  }

  private static String shorter(String length) {
    Duration usual =
        PART.matcher(length)
            .results()
            .map(part -> length(Long.parseLong(part.group(1)), part.group(2)))
            .reduce(Duration.ZERO, Duration::plus);
    Duration faster = usual.dividedBy(FASTER);
    return (faster.compareTo(LEAST) < 0 ? LEAST : faster).toSeconds() + "s";
  }

  private static Duration length(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      case "w" -> Duration.ofDays(7 * count);
      default -> Duration.ofDays(365 * count);
    };
  }
}
