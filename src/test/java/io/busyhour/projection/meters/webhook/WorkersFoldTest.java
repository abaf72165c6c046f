package io.busyhour.projection.meters.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.instrument.Meters;
import io.busyhour.journal.HandClock;
import io.busyhour.projection.change.WorkerChange;
import io.busyhour.projection.change.WorkerChange.Worker;
import io.busyhour.projection.meters.WebhookMetrics;
import io.busyhour.projection.meters.WebhookMetrics.Queue;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WorkersFoldTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final HandClock hand = new HandClock(NOON);
  private final Clock clock = hand.withZone(ZoneOffset.UTC);
  private final Meters meters = Meters.create(100, clock);
  private final WebhookMetrics metrics = new WebhookMetrics(meters);
  private final WorkersFold fold = new WorkersFold(metrics, meters, clock);

  private void heard(String worker, int secondsAgo, Integer size, Double oldest) {
    Instant at = NOON.minusSeconds(secondsAgo);
    fold.on(new WorkerChange(new Worker(worker, at, at, 1.0, size, oldest)));
    fold.committed();
  }

  private double shown(String name) {
    return ((GaugeSnapshot) meters.snapshots(name::equals).get(0))
        .getDataPoints()
        .getFirst()
        .getValue();
  }

  private void assertShown(int workers, int size, double oldest) {
    assertThat(shown("webhook_active_workers")).isEqualTo(workers);
    assertThat(shown("webhook_queue_size")).isEqualTo(size);
    assertThat(shown("webhook_queue_oldest_age_seconds")).isEqualTo(oldest);
  }

  @Test
  void nobody_isThere_andNothingWaits() {
    assertShown(0, 0, 0);
  }

  @Test
  void heartbeat_countsForHalfAMinute() {
    heard("w1", 0, 7, 2.5);
    heard("w2", 10, 9, 1.0);
    heard("w3", 31, 100, 100.0);
    assertShown(2, 9, 2.5);
    hand.turn(Duration.ofSeconds(20));
    assertShown(2, 9, 2.5);
    hand.turn(Duration.ofNanos(1000));
    assertShown(1, 7, 2.5);
    hand.turn(Duration.ofSeconds(10));
    assertShown(0, 0, 0);
  }

  @Test
  void worker_thatDoesNotSayWhatWaits_isThereAllTheSame() {
    heard("w1", 0, null, null);
    assertShown(1, 0, 0);
  }

  @Test
  void clock_setBackALittle_findsTheWorkerAgain() {
    heard("w1", 0, 7, 2.5);
    hand.turn(Duration.ofMinutes(10));
    heard("w2", 0, null, null);
    assertShown(0, 0, 0);
    hand.turn(Duration.ofMinutes(-10));
    assertShown(2, 7, 2.5);
  }

  @Test
  void ownQueue_isAddedToTheOutsideWorkersOne() {
    heard("w1", 0, 7, 2.5);
    metrics.updateQueueHealth(3, 9.0);
    assertShown(1, 10, 9);
    metrics.addQueue(() -> new Queue(5, 60));
    assertShown(1, 15, 60);
  }
}
