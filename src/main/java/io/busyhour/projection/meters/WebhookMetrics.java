package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.label.Buckets;
import io.busyhour.instrument.label.Label;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.annotation.Counted;
import org.eclipse.microprofile.metrics.annotation.Timed;

/**
 * The {@code webhook_*} families: deliveries of webhooks, whoever makes them. A null label value is
 * written as empty. A bean that any application can inject, and that Busyhour's own projection
 * counts by. For any thread. What is counted once per call of a method is annotated; a method
 * counts only when it is called on the injected bean.
 */
@Collector
public class WebhookMetrics {
  private static final String QUEUED = "webhook_queued_total";
  private static final String QUEUED_HELP = "Webhooks to be delivered.";
  private static final String DELIVERED = "webhook_delivered_total";
  private static final String DELIVERED_HELP = "Webhooks that were answered 2xx.";
  private static final String FAILED = "webhook_failed_total";
  private static final String FAILED_HELP =
      "Failed attempts to deliver a webhook; status_code 0 is no answer.";
  private static final String DEAD_LETTERS = "webhook_dead_letter_total";
  private static final String DEAD_LETTERS_HELP = "Webhooks that were given up.";
  private static final String EXHAUSTED = "webhook_retry_exhausted_total";
  private static final String EXHAUSTED_HELP = "Webhooks that were given up, by partner.";
  private static final String PROCESSED = "webhook_worker_processed_total";
  private static final String PROCESSED_HELP = "Attempts that a worker made.";
  private static final String LATENCY = "webhook_delivery_latency_seconds";
  private static final String LATENCY_HELP = "HTTP time of every attempt.";
  private static final int MOST_ATTEMPTS = 10;

  private final Meters meters;
  private final CounterFamily delivered;
  private final CounterFamily deadLetters;
  private final CounterFamily retries;
  private final CounterFamily exhausted;
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

  /** Registers the families that are not those of an annotation alone. */
  @Inject
  public WebhookMetrics(Meters meters) {
    this.meters = meters;
    String[] delivery = {"event_type", "partner_id"};
    delivered = meters.counter(DELIVERED, DELIVERED_HELP, delivery);
    deadLetters = meters.counter(DEAD_LETTERS, DEAD_LETTERS_HELP, delivery);
    retries =
        meters.counter(
            "webhook_retry_attempts_total",
            "Attempts after the first one.",
            "partner_id",
            "attempt_number");
    exhausted = meters.counter(EXHAUSTED, EXHAUSTED_HELP, "partner_id");
    uptime =
        meters.gauge("webhook_worker_uptime_seconds", "How long a worker has run.", "worker_id");
    latency =
        meters.histogram(
            LATENCY,
            LATENCY_HELP,
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
  @Counted(name = QUEUED, absolute = true, description = QUEUED_HELP)
  public void recordQueued(
      @Label("event_type") String eventType, @Label("partner_id") String partnerId) {
    // The series that it may end in, so that their first increment is seen by rate().
    delivered.touch(eventType, partnerId);
    deadLetters.touch(eventType, partnerId);
    exhausted.touch(partnerId);
  }

  /** A webhook was answered 2xx. */
  @Counted(name = DELIVERED, absolute = true, description = DELIVERED_HELP)
  public void recordDelivered(
      @Label("event_type") String eventType, @Label("partner_id") String partnerId) {
    // Counted by the annotation.
  }

  /**
   * An attempt failed.
   *
   * @param statusCode the HTTP status, or 0 where nobody answered
   */
  @Counted(name = FAILED, absolute = true, description = FAILED_HELP)
  public void recordFailed(
      @Label("event_type") String eventType,
      @Label("partner_id") String partnerId,
      @Label("status_code") int statusCode) {
    // Counted by the annotation.
  }

  /** A webhook was given up. */
  @Counted(name = DEAD_LETTERS, absolute = true, description = DEAD_LETTERS_HELP)
  public void recordDeadLetter(
      @Label("event_type") String eventType, @Label("partner_id") String partnerId) {
    // Counted by the annotation.
  }

  /** The attempts that a partner is granted were used up. */
  @Counted(name = EXHAUSTED, absolute = true, description = EXHAUSTED_HELP)
  public void recordRetryExhausted(@Label("partner_id") String partnerId) {
    // Counted by the annotation.
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
  @Counted(name = PROCESSED, absolute = true, description = PROCESSED_HELP)
  public void recordProcessed(@Label("worker_id") String workerId) {
    // Counted by the annotation.
  }

  /** Makes an attempt, and times it; a stage is timed to its completion. */
  @Timed(name = LATENCY, absolute = true, description = LATENCY_HELP)
  @Buckets({0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10})
  public <T> T timeDelivery(@Label("partner_id") String partnerId, Callable<T> attempt)
      throws Exception {
    return attempt.call();
  }

  /** The HTTP time of an attempt, as somebody else measured. */
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

  /**
   * So many workers deliver now. The server itself computes this family of heartbeats; it is for
   * other applications.
   */
  public void updateActiveWorkers(int workers) {
    meters.gauge("webhook_active_workers", "Workers that deliver now.").set(workers);
  }
}
