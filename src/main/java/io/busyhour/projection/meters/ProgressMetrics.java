package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.journal.Journal;
import io.busyhour.projection.Progress;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** How far the projection is behind the journal. */
public final class ProgressMetrics {
  private final Journal journal;
  private final Supplier<Progress> progress;
  private final Clock clock;

  /** Registers the families. */
  public ProgressMetrics(Meters meters, Journal journal, Supplier<Progress> progress, Clock clock) {
    this.journal = journal;
    this.progress = progress;
    this.clock = clock;
    meters.computed(
        "busyhour_projection_lag_events",
        () ->
            gauge(
                "busyhour_projection_lag_events",
                "Journal entries that are not yet in rows and figures.",
                (double) lag()));
    meters.computed(
        "busyhour_projection_lag_seconds",
        () ->
            gauge(
                "busyhour_projection_lag_seconds",
                "How long the oldest of them has waited.",
                waited()));
  }

  private long lag() {
    return Math.max(0, journal.tip().position() - progress.get().position());
  }

  private double waited() {
    List<Entry> next = lag() == 0 ? List.of() : journal.read(progress.get().position(), 1);
    if (next.isEmpty()) {
      return 0;
    }
    Duration waited = Duration.between(next.getFirst().receivedAt(), clock.instant());
    return Math.max(0, waited.toNanos() / 1e9);
  }

  private static MetricSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(Labels.of("projection", "calls"))
                .value(value)
                .build())
        .build();
  }
}
