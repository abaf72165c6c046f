package io.busyhour.projection.calls.webhook;

import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.Result;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An attempt that waits to be told what it was of. */
@Entity(name = "Attempt")
@Table(name = "webhook_attempts")
class AttemptRow {
  @Id
  @Column(name = "attempt_id")
  String attemptId;

  @Column(name = "delivery_id")
  String deliveryId;

  @Column(name = "event_type")
  String eventType;

  @Column(name = "partner_id")
  String partnerId;

  @Column(name = "worker_id")
  String workerId;

  int attempt;

  @Enumerated(EnumType.STRING)
  Result result;

  @Column(name = "status_code")
  Integer statusCode;

  @Column(name = "latency_seconds")
  Double latencySeconds;

  @Column(name = "received_at")
  long receivedAt;

  /** For the persistence provider. */
  protected AttemptRow() {}

  AttemptRow(String attemptId, Attempted said, long receivedAt) {
    this.attemptId = attemptId;
    this.deliveryId = said.deliveryId();
    this.eventType = said.eventType();
    this.partnerId = said.partnerId();
    this.workerId = said.workerId();
    this.attempt = said.attempt();
    this.result = said.result();
    this.statusCode = said.statusCode();
    this.latencySeconds = said.latencySeconds();
    this.receivedAt = receivedAt;
  }

  Attempted said() {
    return new Attempted(
        deliveryId, eventType, partnerId, workerId, attempt, result, statusCode, latencySeconds);
  }
}
