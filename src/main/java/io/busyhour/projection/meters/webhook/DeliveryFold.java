package io.busyhour.projection.meters.webhook;

import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.Result;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.DeliveryChange;
import io.busyhour.projection.change.DeliveryChange.Contribution;
import io.busyhour.projection.meters.WebhookMetrics;

/** What deliveries by outside workers add to the {@code webhook_*} families. */
public final class DeliveryFold implements Fold {
  private final WebhookMetrics metrics;

  /** Counts by these metrics. */
  public DeliveryFold(WebhookMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof DeliveryChange change) {
      change.attempts().forEach(this::count);
      change.counted().forEach(contribution -> count(contribution, change));
    }
  }

  private void count(Contribution contribution, DeliveryChange change) {
    String partner = change.partnerId();
    switch (contribution) {
      case QUEUED -> metrics.recordQueued(change.eventType(), partner);
      case DELIVERED -> metrics.recordDelivered(change.eventType(), partner);
      case DEAD_LETTER -> {
        metrics.recordDeadLetter(change.eventType(), partner);
        metrics.recordRetryExhausted(partner);
      }
      case PROCESSING -> metrics.recordProcessing(change.processing().toNanos() / 1e9, partner);
    }
  }

  private void count(Attempted attempt) {
    metrics.recordProcessed(attempt.workerId());
    if (attempt.attempt() > 1) {
      metrics.recordRetry(attempt.partnerId(), attempt.attempt());
    }
    if (attempt.result() != Result.DELIVERED) {
      int status = attempt.statusCode() == null ? 0 : attempt.statusCode();
      metrics.recordFailed(attempt.eventType(), attempt.partnerId(), status);
    }
    if (attempt.latencySeconds() != null) {
      metrics.recordDeliveryLatency(attempt.latencySeconds(), attempt.partnerId());
    }
  }
}
