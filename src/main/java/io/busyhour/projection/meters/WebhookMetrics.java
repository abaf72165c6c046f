package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The {@code webhook_*} families: deliveries of webhooks, whoever makes them. A null label value is
 * written as empty. For any thread.
 */
public final class WebhookMetrics {
  private static final int MOST_ATTEMPTS = 10;

  private final CounterFamily queued;
  private final CounterFamily delivered;
  private final CounterFamily failed;
  private final CounterFamily deadLetters;
  private final CounterFamily retries;
  private final CounterFamily exhausted;
  private final CounterFamily processed;
  private final GaugeFamily uptime;
  private final HistogramFamily latency;
  private final HistogramFamily processing;
  private final List<Supplier<Queue>> queues = new CopyOnWriteArrayList<>();
  private volatile Queue own = Queue.EMPTY;

  /**
   * What waits to be delivered.
   *
   * @param size deliveries that wait, those that wait for a retry included
   * @param oldestAgeSeconds age of the oldest one that is due; 0 where none is
   */
  public record Queue(long size, double oldestAgeSeconds) {
    /** Nothing waits. */
    public static final Queue EMPTY = new Queue(0, 0);
  }

  /** Registers the families. */
  public WebhookMetrics(Meters meters) {
    String[] delivery = {"event_type", "partner_id"};
    queued = meters.counter("webhook_queued_total", "Webhooks to be delivered.", delivery);
    delivered =
        meters.counter("webhook_delivered_total", "Webhooks that were answered 2xx.", delivery);
    failed =
        meters.counter(
            "webhook_failed_total",
            "Failed attempts to deliver a webhook; status_code 0 is no answer.",
            "event_type",
            "partner_id",
            "status_code");
    deadLetters =
        meters.counter("webhook_dead_letter_total", "Webhooks that were given up.", delivery);
    retries =
        meters.counter(
            "webhook_retry_attempts_total",
            "Attempts after the first one.",
            "partner_id",
            "attempt_number");
    exhausted =
        meters.counter(
            "webhook_retry_exhausted_total",
            "Webhooks that were given up, by partner.",
            "partner_id");
    processed =
        meters.counter(
            "webhook_worker_processed_total", "Attempts that a worker made.", "worker_id");
    uptime =
        meters.gauge("webhook_worker_uptime_seconds", "How long a worker has run.", "worker_id");
    latency =
        meters.histogram(
            "webhook_delivery_latency_seconds",
            "HTTP time of every attempt.",
            new double[] {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10},
            "partner_id");
    processing =
        meters.histogram(
            "webhook_queue_processing_duration_seconds",
            "From queued to delivered or given up.",
            new double[] {0.1, 0.5, 1, 2, 5, 10, 30},
            "partner_id");
    queues.add(() -> own);
    meters.computed("webhook_queue_size", this::queueSize);
    meters.computed("webhook_queue_oldest_age_seconds", this::oldestAge);
  }

  private MetricSnapshot queueSize() {
    long size = queues.stream().map(Supplier::get).mapToLong(Queue::size).sum();
    return gauge("webhook_queue_size", "Webhooks that wait to be delivered.", (double) size);
  }

  private MetricSnapshot oldestAge() {
    double age =
        queues.stream().map(Supplier::get).mapToDouble(Queue::oldestAgeSeconds).max().orElse(0);
    return gauge("webhook_queue_oldest_age_seconds", "Age of the oldest webhook that is due.", age);
  }

  private static MetricSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  /** A webhook is to be delivered. */
  public void recordQueued(String eventType, String partnerId) {
    queued.add(1, eventType, partnerId);
    // The series that it may end in, so that their first increment is seen by rate().
    delivered.touch(eventType, partnerId);
    deadLetters.touch(eventType, partnerId);
    exhausted.touch(partnerId);
  }

  /** A webhook was answered 2xx. */
  public void recordDelivered(String eventType, String partnerId) {
    delivered.add(1, eventType, partnerId);
  }

  /**
   * An attempt failed.
   *
   * @param statusCode the HTTP status, or 0 where nobody answered
   */
  public void recordFailed(String eventType, String partnerId, int statusCode) {
    failed.add(1, eventType, partnerId, Integer.toString(statusCode));
  }

  /** A webhook was given up. */
  public void recordDeadLetter(String eventType, String partnerId) {
    deadLetters.add(1, eventType, partnerId);
  }

  /** The attempts that a partner is granted were used up. */
  public void recordRetryExhausted(String partnerId) {
    exhausted.add(1, partnerId);
  }

  /**
   * Another attempt than the first was made.
   *
   * @param attempt 2 for the second
   */
  public void recordRetry(String partnerId, int attempt) {
    String number = attempt < MOST_ATTEMPTS ? Integer.toString(attempt) : MOST_ATTEMPTS + "+";
    retries.add(1, partnerId, number);
  }

  /** A worker made an attempt. */
  public void recordProcessed(String workerId) {
    processed.add(1, workerId);
  }

  /** The HTTP time of an attempt. */
  public void recordDeliveryLatency(double seconds, String partnerId) {
    latency.observe(seconds, partnerId);
  }

  /** How long a webhook took from queued to delivered or given up. */
  public void recordProcessing(double seconds, String partnerId) {
    processing.observe(seconds, partnerId);
  }

  /**
   * How long a worker has run.
   *
   * @param at when it said so, in microseconds since 1970: the latest statement stands
   */
  public void updateWorkerUptime(double seconds, long at, String workerId) {
    uptime.set(seconds, at, workerId);
  }

  /** What waits here now, besides what is asked for by {@link #addQueue}. */
  public void updateQueueHealth(long size, double oldestAgeSeconds) {
    own = new Queue(size, oldestAgeSeconds);
  }

  /** Asks this too for what waits, at each scrape: sizes are added up, the oldest is shown. */
  public void addQueue(Supplier<Queue> queue) {
    queues.add(queue);
  }
}
