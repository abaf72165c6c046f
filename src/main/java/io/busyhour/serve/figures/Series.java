package io.busyhour.serve.figures;

import io.busyhour.projection.windows.rollup.Figure;
import io.busyhour.projection.windows.rollup.Figures;
import io.busyhour.projection.windows.rollup.Rollups.Span;
import io.busyhour.serve.Rounded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hours and days as they are shown. */
final class Series {
  private static final int DATE = "2026-11-20".length();

  private Series() {}

  static List<Map<String, Object>> hours(List<Span> spans) {
    return spans.stream().map(span -> bucket("hour", span.start().toString(), span)).toList();
  }

  static List<Map<String, Object>> days(List<Span> spans) {
    return spans.stream().map(Series::day).toList();
  }

  private static Map<String, Object> day(Span span) {
    Map<String, Object> day = bucket("date", date(span.start()), span);
    day.put("success_rate", Rounded.percent(span.figures().successRate()));
    return day;
  }

  private static String date(Instant start) {
    return start.toString().substring(0, DATE);
  }

  private static Map<String, Object> bucket(String name, String time, Span span) {
    Map<String, Object> bucket = new LinkedHashMap<>();
    bucket.put(name, time);
    counts(span.figures(), bucket);
    return bucket;
  }

  /** What every group of calls is shown with; a call that timed out has failed. */
  static void counts(Figures figures, Map<String, Object> into) {
    into.put("total", figures.count(Figure.TOTAL));
    into.put("completed", figures.count(Figure.COMPLETED));
    into.put("failed", figures.count(Figure.FAILED) + figures.count(Figure.TIMEOUT));
    into.put("avg_duration", Rounded.tenths(figures.averageTalk()));
  }
}
