package io.busyhour.projection.calls.webhook;

import io.busyhour.event.WebhookEvent;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.change.WorkerChange.Worker;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Comparator;

/** The row of one outside worker: its latest heartbeat by event time. */
@Entity(name = "Worker")
@Table(name = "webhook_workers")
class WorkerRow {
  private static final Comparator<Worker> LATEST =
      Comparator.comparing(Worker::heartbeatAt)
          .thenComparing(Worker::uptimeSeconds, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Worker::queueSize, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(
              Worker::oldestAgeSeconds, Comparator.nullsFirst(Comparator.naturalOrder()));

  @Id
  @Column(name = "worker_id")
  String workerId;

  @Column(name = "heartbeat_at")
  Long heartbeatAt;

  @Column(name = "seen_at")
  Long seenAt;

  @Column(name = "uptime_seconds")
  Double uptimeSeconds;

  @Column(name = "queue_size")
  Integer queueSize;

  @Column(name = "oldest_age_seconds")
  Double oldestAgeSeconds;

  /** For the persistence provider. */
  protected WorkerRow() {}

  WorkerRow(String workerId) {
    this.workerId = workerId;
  }

  /** Merges a heartbeat in, and says whether it is the latest; times are in microseconds. */
  boolean merge(WebhookEvent.Worker said, long at, long receivedAt) {
    Worker heard =
        new Worker(
            workerId,
            Micros.toInstant(at),
            Micros.toInstant(Math.min(at, receivedAt)),
            said.uptimeSeconds(),
            said.queueSize(),
            said.oldestAgeSeconds());
    if (heartbeatAt != null && LATEST.compare(heard, toRecord()) < 0) {
      return false;
    }
    heartbeatAt = at;
    seenAt = Micros.of(heard.seenAt());
    uptimeSeconds = said.uptimeSeconds();
    queueSize = said.queueSize();
    oldestAgeSeconds = said.oldestAgeSeconds();
    return true;
  }

  Worker toRecord() {
    return new Worker(
        workerId,
        Micros.toInstant(heartbeatAt),
        Micros.toInstant(seenAt),
        uptimeSeconds,
        queueSize,
        oldestAgeSeconds);
  }
}
