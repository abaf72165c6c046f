package io.busyhour.projection.meters.webhook;

import io.busyhour.event.Occurrence;
import io.busyhour.event.WebhookEvent;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.WorkerChange;
import io.busyhour.projection.change.WorkerChange.Worker;
import io.busyhour.projection.meters.WebhookMetrics;
import io.busyhour.projection.meters.WebhookMetrics.Queue;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The heartbeats of outside webhook workers: who is there, and what waits for them. */
public final class WorkersFold implements Fold {
  private static final Duration FRESH = Duration.ofSeconds(30);
  // A clock may be set back a little; who was not heard of for this long is forgotten here.
  private static final Duration KEPT = Duration.ofHours(1);

  private final WebhookMetrics metrics;
  private final Clock clock;
  private final Map<String, Seen> workers = new HashMap<>();
  private boolean changed;

  private record Seen(Instant at, Integer queueSize, Double oldestAgeSeconds) {}

  /**
   * Registers the family.
   *
   * @param clock tells at a scrape who was heard of lately
   */
  public WorkersFold(WebhookMetrics metrics, Meters meters, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
    metrics.addQueue(this::queue);
    meters.computed("webhook_active_workers", this::active);
  }

  private Stream<Seen> fresh() {
    Instant now = clock.instant();
    return workers.values().stream().filter(seen -> !seen.at().isBefore(now.minus(FRESH)));
  }

  /** All workers look at the same queue: the one that reports most has looked best. */
  private Queue queue() {
    long size =
        fresh().map(Seen::queueSize).filter(Objects::nonNull).mapToLong(s -> s).max().orElse(0);
    double oldest =
        fresh()
            .map(Seen::oldestAgeSeconds)
            .filter(Objects::nonNull)
            .mapToDouble(s -> s)
            .max()
            .orElse(0);
    return new Queue(size, oldest);
  }

  private MetricSnapshot active() {
    return GaugeSnapshot.builder()
        .name("webhook_active_workers")
        .help("Webhook workers that were heard of in the last 30 s.")
        .dataPoint(GaugeDataPointSnapshot.builder().value((double) fresh().count()).build())
        .build();
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    if (occurrence.event() instanceof WebhookEvent.Worker said && said.uptimeSeconds() != null) {
      long at = ChronoUnit.MICROS.between(Instant.EPOCH, occurrence.time());
      metrics.updateWorkerUptime(said.uptimeSeconds(), at, said.workerId());
    }
  }

  @Override
  public void on(Change change) {
    if (change instanceof WorkerChange worker) {
      Worker after = worker.after();
      workers.put(
          after.workerId(), new Seen(after.seenAt(), after.queueSize(), after.oldestAgeSeconds()));
      changed = true;
    }
  }

  @Override
  public void committed() {
    if (changed) {
      Instant since = clock.instant().minus(KEPT);
      workers.values().removeIf(seen -> seen.at().isBefore(since));
      changed = false;
    }
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    workers.clear();
    Instant since = clock.instant().minus(KEPT);
    try (PreparedStatement query =
        transaction.prepareStatement(
            "select worker_id, seen_at, queue_size, oldest_age_seconds from webhook_workers"
                + " where seen_at >= ?")) {
      query.setLong(1, ChronoUnit.MICROS.between(Instant.EPOCH, since));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          workers.put(
              rows.getString(1),
              new Seen(
                  Instant.EPOCH.plus(rows.getLong(2), ChronoUnit.MICROS),
                  rows.getObject(3, Integer.class),
                  rows.getObject(4, Double.class)));
        }
      }
    }
  }
}
