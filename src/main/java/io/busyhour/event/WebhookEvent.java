package io.busyhour.event;

import io.busyhour.event.field.Fields;

/** What a webhook worker reports of its deliveries: an outside one, or Busyhour's own. */
public sealed interface WebhookEvent extends Event {

  /** How an attempt to deliver went. */
  enum Result {
    /** Answered 2xx. */
    DELIVERED,
    /** Not delivered; another attempt will follow. */
    FAILED,
    /** Not delivered, and given up. */
    DEAD_LETTER
  }

  /** {@code webhook.queued}: a delivery waits to be made. */
  record Queued(String deliveryId, String eventType, String partnerId) implements WebhookEvent {
    static Queued read(Fields f) {
      return new Queued(
          f.need("delivery_id").id(), f.need("event_type").text(), f.need("partner_id").text());
    }

    @Override
    public EventType type() {
      return EventType.WEBHOOK_QUEUED;
    }
  }

  /**
   * {@code webhook.attempted}: one attempt was made.
   *
   * @param attempt 1 for the first
   * @param statusCode the HTTP status, or 0 or null where nobody answered
   * @param latencySeconds HTTP time of the attempt
   */
  record Attempted(
      String deliveryId,
      String eventType,
      String partnerId,
      String workerId,
      Integer attempt,
      Result result,
      Integer statusCode,
      Double latencySeconds)
      implements WebhookEvent {
    static Attempted read(Fields f) {
      return new Attempted(
          f.need("delivery_id").id(),
          f.maybe("event_type").text(),
          f.maybe("partner_id").text(),
          f.maybe("worker_id").text(),
          f.need("attempt").count(1, Limits.MANY),
          f.need("result").oneOf(Result.class),
          f.maybe("status_code").count(0, 999),
          f.maybe("latency_seconds").real(0, Limits.MONTH_SECONDS));
    }

    @Override
    public EventType type() {
      return EventType.WEBHOOK_ATTEMPTED;
    }
  }

  /**
   * {@code webhook.given_up}: a delivery will not be made, for another reason than its last
   * attempt. Only Busyhour's own worker says this.
   */
  record GivenUp(String deliveryId, String eventType, String partnerId) implements WebhookEvent {
    static GivenUp read(Fields f) {
      return new GivenUp(
          f.need("delivery_id").id(), f.need("event_type").text(), f.need("partner_id").text());
    }

    @Override
    public EventType type() {
      return EventType.WEBHOOK_GIVEN_UP;
    }
  }

  /** {@code webhook.worker}: a worker's heartbeat. */
  record Worker(String workerId, Double uptimeSeconds, Integer queueSize, Double oldestAgeSeconds)
      implements WebhookEvent {
    static Worker read(Fields f) {
      return new Worker(
          f.need("worker_id").text(),
          f.maybe("uptime_seconds").real(0, Limits.MANY),
          f.maybe("queue_size").count(0, Limits.MANY),
          f.maybe("oldest_age_seconds").real(0, Limits.MANY));
    }

    @Override
    public EventType type() {
      return EventType.WEBHOOK_WORKER;
    }
  }
}
