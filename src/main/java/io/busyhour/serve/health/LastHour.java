package io.busyhour.serve.health;

import io.busyhour.event.Outcome;
import io.busyhour.projection.windows.rollup.Detail;
import io.busyhour.projection.windows.rollup.Figure;
import io.busyhour.projection.windows.rollup.Figures;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.projection.windows.rollup.Rollups.Moment;
import io.busyhour.serve.Rounded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The calls of the last hour, which begins up to five minutes early, as the rollups do.
 *
 * @param started how many began
 * @param ended the figures of those that ended
 * @param minSuccess the least share of completed ones that is good, 0 to 1
 * @param latest how the last of them ended by themselves, the newest first
 */
record LastHour(long started, Figures ended, double minSuccess, List<Outcome> latest) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int ENOUGH_ENDED = 10;
  private static final int LATEST = 5;
  private static final int MOST_FAILED = 3;

  static LastHour read(Rollups rollups, double minSuccess, Instant now) {
    Instant from = now.minus(HOUR);
    try (Moment moment = rollups.moment()) {
      return new LastHour(
          moment.started(from, now, Detail.COUNTS).count(Figure.TOTAL),
          moment.ended(from, now, Detail.COUNTS),
          minSuccess,
          moment.latestEnds(from, LATEST));
    }
  }

  /** Too few calls say nothing: one fresh call that fails is no reason to wake somebody. */
  boolean isBad() {
    return ended.ended() >= ENOUGH_ENDED && ended.successRate() < minSuccess;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (isBad()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Low success rate: %.1f%% of %d calls that ended in the last hour.",
              Rounded.percent(ended.successRate()),
              ended.ended()));
    }
    long failed = latest.stream().filter(LastHour::isFailure).count();
    if (failed > MOST_FAILED) {
      warnings.add(
          "Multiple recent failures: %d of the last %d calls that ended."
              .formatted(failed, latest.size()));
    }
    return warnings;
  }

  private static boolean isFailure(Outcome outcome) {
    return outcome == Outcome.FAILED || outcome == Outcome.TIMEOUT;
  }

  /** With null for what is not known; {@code hour} itself may be null. */
  static Map<String, Object> indicators(LastHour hour, Long active) {
    Map<String, Object> indicators = new LinkedHashMap<>();
    indicators.put("calls_last_hour", hour == null ? null : hour.started);
    indicators.put("success_rate", hour == null ? null : Rounded.percent(hour.ended.successRate()));
    indicators.put("active_calls", active);
    indicators.put("avg_duration", hour == null ? null : Rounded.tenths(hour.ended.averageTalk()));
    return indicators;
  }
}
