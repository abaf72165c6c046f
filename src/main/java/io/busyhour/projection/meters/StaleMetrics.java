package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.projection.Book;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Calls that have been open for longer than calls are, by who spoke of them first. */
public final class StaleMetrics {
  // What is asked for at each scrape is counted now and then: it changes by the minute.
  private static final Duration KEPT = Duration.ofSeconds(15);

  private final Book book;
  private final Duration staleAfter;
  private final int limit;
  private final Clock clock;
  private volatile Counted last;

  private record Counted(Instant at, MetricSnapshot snapshot) {}

  /**
   * Registers the family.
   *
   * @param staleAfter how long a call may be open before it counts
   * @param limit how many sources are shown by name
   */
  public StaleMetrics(Meters meters, Book book, Duration staleAfter, int limit, Clock clock) {
    this.book = book;
    this.staleAfter = staleAfter;
    this.limit = limit;
    this.clock = clock;
    meters.computed("busyhour_calls_without_end", this::stale);
  }

  private MetricSnapshot stale() {
    Counted counted = last;
    Instant now = clock.instant();
    if (counted == null || Duration.between(counted.at(), now).abs().compareTo(KEPT) > 0) {
      counted = new Counted(now, count(now));
      last = counted;
    }
    return counted.snapshot();
  }

  private MetricSnapshot count(Instant now) {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("busyhour_calls_without_end")
            .help("Calls that have been open for too long to be true.");
    long shown = 0;
    long others = 0;
    for (Book.Stale stale : book.openSinceBefore(now.minus(staleAfter))) {
      if (shown++ < limit - 1) {
        family.dataPoint(point(stale.source(), stale.calls()));
      } else {
        others += stale.calls();
      }
    }
    if (others > 0) {
      family.dataPoint(point(Meters.OTHER, others));
    }
    return family.build();
  }

  private static GaugeDataPointSnapshot point(String source, long calls) {
    return GaugeDataPointSnapshot.builder()
        .labels(Labels.of("source", source))
        .value((double) calls)
        .build();
  }
}
