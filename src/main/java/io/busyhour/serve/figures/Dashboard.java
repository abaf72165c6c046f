package io.busyhour.serve.figures;

import io.busyhour.event.Outcome;
import io.busyhour.event.field.PhoneNumber;
import io.busyhour.event.field.Words;
import io.busyhour.projection.windows.rollup.Detail;
import io.busyhour.projection.windows.rollup.Figure;
import io.busyhour.projection.windows.rollup.Figures;
import io.busyhour.projection.windows.rollup.Kind;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.projection.windows.rollup.Rollups.Moment;
import io.busyhour.projection.windows.rollup.Rollups.Span;
import io.busyhour.serve.Rounded;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the dashboard shows.
 *
 * @param from the beginning of the period, on a full five minutes
 * @param day the calls that began in the period
 * @param before those of the 24 hours before it
 * @param failures the reasons for which most calls of the period failed
 * @param campaigns the largest since the hour in which the period begins
 * @param hours the last 24 hours of the clock, the running one last
 */
record Dashboard(
    Instant now,
    Instant from,
    Figures day,
    Figures before,
    Map<String, Long> failures,
    Map<String, Figures> campaigns,
    List<Span> hours) {
  private static final Duration DAY = Duration.ofHours(24);
  private static final int HOURS = 24;
  private static final int LARGEST = 20;

  static Dashboard read(Rollups rollups, Instant now) {
    long grain = Rollups.GRAIN.toSeconds();
    Instant from =
        Instant.ofEpochSecond(Math.floorDiv(now.minus(DAY).getEpochSecond(), grain) * grain);
    try (Moment moment = rollups.moment()) {
      return new Dashboard(
          now,
          from,
          moment.started(from, now, Detail.PERCENTILES),
          moment.started(from.minus(DAY), from, Detail.COUNTS),
          moment.failures(from, now, LARGEST),
          moment.largest(Kind.CAMPAIGN, from, now, LARGEST),
          moment.hours(Kind.STARTED, "", now, HOURS, Detail.COUNTS));
    }
  }

  /**
   * All of it.
   *
   * @param active how many calls have no end now, or null where that is not known
   */
  Map<String, Object> shown(Long active, boolean numbersShown) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("generated_at", now.toString());
    all.put("period", period());
    all.put("summary", summary(active));
    all.put("breakdown", breakdown(numbersShown));
    all.put("duration", duration());
    all.put("transcript", transcript());
    all.put("timeseries", Map.of("hourly", Series.hours(hours)));
    all.put("quality", new Quality(day).shown());
    all.put("campaigns", campaigns(numbersShown));
    return all;
  }

  private Map<String, Object> period() {
    Map<String, Object> period = new LinkedHashMap<>();
    period.put("start", from.toString());
    period.put("end", now.toString());
    return period;
  }

  private Map<String, Object> summary(Long active) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("total_calls", day.count(Figure.TOTAL));
    summary.put(
        "total_calls_delta",
        Rounded.growth((double) day.count(Figure.TOTAL), (double) before.count(Figure.TOTAL)));
    summary.put("success_rate", Rounded.percent(day.successRate()));
    summary.put("success_rate_delta", points(day.successRate(), before.successRate()));
    summary.put("avg_duration", Rounded.tenths(day.averageTalk()));
    summary.put("avg_duration_delta", Rounded.growth(day.averageTalk(), before.averageTalk()));
    summary.put("active_now", active);
    return summary;
  }

  private static Double points(Double rate, Double then) {
    return rate == null || then == null ? null : Rounded.percent(rate - then);
  }

  private Map<String, Object> breakdown(boolean numbersShown) {
    Map<String, Object> byType = new LinkedHashMap<>();
    byType.put("inbound", day.count(Figure.INBOUND));
    byType.put("outbound", day.count(Figure.OUTBOUND));
    Map<String, Object> breakdown = new LinkedHashMap<>();
    breakdown.put("by_status", byStatus());
    breakdown.put("by_type", byType);
    breakdown.put("failure_reasons", reasons(numbersShown));
    return breakdown;
  }

  /** The seed's words first: canceled has two l there. */
  private Map<String, Object> byStatus() {
    Map<String, Object> byStatus = new LinkedHashMap<>();
    byStatus.put("completed", day.count(Figure.COMPLETED));
    byStatus.put("failed", day.count(Figure.FAILED));
    byStatus.put("timeout", day.count(Figure.TIMEOUT));
    byStatus.put("cancelled", day.count(Figure.CANCELED));
    byStatus.put("active", day.count(Figure.ACTIVE));
    for (Outcome outcome :
        List.of(Outcome.BUSY, Outcome.NO_ANSWER, Outcome.REJECTED, Outcome.ABANDONED)) {
      byStatus.put(Words.of(outcome), day.count(Figure.of(outcome)));
    }
    return byStatus;
  }

  /** In senders' own words, which may name anything; those that are not listed are counted. */
  private Map<String, Long> reasons(boolean numbersShown) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    long others = day.count(Figure.FAILED) + day.count(Figure.TIMEOUT);
    for (Map.Entry<String, Long> reason : failures.entrySet()) {
      String shown = numbersShown ? reason.getKey() : PhoneNumber.mask(reason.getKey());
      reasons.merge(shown, reason.getValue(), Long::sum);
      others -= reason.getValue();
    }
    if (others > 0) {
      reasons.put("__other__", others);
    }
    return reasons;
  }

  private Map<String, Object> duration() {
    Map<String, Object> duration = new LinkedHashMap<>();
    duration.put("avg", Rounded.tenths(day.averageTalk()));
    duration.put("min", Rounded.tenths(day.talk(0)));
    duration.put("max", Rounded.tenths(day.talk(1)));
    duration.put("p50", Rounded.tenths(day.talk(0.5)));
    duration.put("p95", Rounded.tenths(day.talk(0.95)));
    duration.put("p99", Rounded.tenths(day.talk(0.99)));
    duration.put("total_seconds", Rounded.tenths(day.talkSeconds().doubleValue()));
    return duration;
  }

  private Map<String, Object> transcript() {
    Map<String, Object> transcript = new LinkedHashMap<>();
    transcript.put("calls_with_transcript", day.count(Figure.TRANSCRIPT));
    transcript.put("transcript_rate", Rounded.percent(day.transcriptRate()));
    return transcript;
  }

  private Map<String, Object> campaigns(boolean numbersShown) {
    List<Map<String, Object>> top = new ArrayList<>();
    campaigns.forEach(
        (id, figures) -> {
          Map<String, Object> campaign = new LinkedHashMap<>();
          campaign.put("campaign_id", numbersShown ? id : PhoneNumber.maskInternational(id));
          Series.counts(figures, campaign);
          campaign.put("success_rate", Rounded.percent(figures.successRate()));
          top.add(campaign);
        });
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("since", from.truncatedTo(ChronoUnit.HOURS).toString());
    shown.put("top", top);
    return shown;
  }
}
