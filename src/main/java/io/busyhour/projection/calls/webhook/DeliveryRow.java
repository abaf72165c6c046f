package io.busyhour.projection.calls.webhook;

import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.GivenUp;
import io.busyhour.event.WebhookEvent.Queued;
import io.busyhour.event.WebhookEvent.Result;
import io.busyhour.projection.calls.facts.Fact;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Stamps;
import io.busyhour.projection.change.DeliveryChange.Contribution;
import io.busyhour.projection.change.DeliveryChange.Correction;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The row of one delivery by an outside worker: the earliest of each of its facts, and which of its
 * contributions to counters were made (DESIGN.md, "Settling").
 */
@Entity(name = "Delivery")
@Table(name = "webhook_deliveries")
class DeliveryRow {
  @Id
  @Column(name = "delivery_id")
  String deliveryId;

  String stamps;

  @Column(name = "event_type")
  String eventType;

  @Column(name = "partner_id")
  String partnerId;

  @Column(name = "first_received_at")
  Long firstReceivedAt;

  @Column(name = "queued_at")
  Long queuedAt;

  @Column(name = "delivered_at")
  Long deliveredAt;

  @Column(name = "dead_at")
  Long deadAt;

  @Column(name = "dead_received_at")
  Long deadReceivedAt;

  // Its attempts that had to wait are numbered from 1: those up to the second are counted.
  int waited;
  int released;

  @Column(name = "counted_queued")
  boolean countedQueued;

  @Column(name = "counted_attempt")
  boolean countedAttempt;

  @Column(name = "counted_delivered")
  boolean countedDelivered;

  @Column(name = "counted_dead")
  boolean countedDead;

  @Column(name = "counted_processing")
  boolean countedProcessing;

  // The receipt time at which what is waiting is counted with what is known; null if nothing waits.
  @Column(name = "settle_due")
  Long due;

  /** For the persistence provider. */
  protected DeliveryRow() {}

  DeliveryRow(String deliveryId, long receivedAt) {
    this.deliveryId = deliveryId;
    this.firstReceivedAt = receivedAt;
  }

  /** What events may say differently of a delivery, to be compared before and after one. */
  record Facts(String eventType, String partnerId, Long deliveredAt, Duration processing) {}

  Facts facts() {
    return new Facts(eventType, partnerId, deliveredAt, processing());
  }

  /** Merges in that it was queued; the time is in microseconds. */
  void merge(Queued said, long at) {
    describe(said.eventType(), said.partnerId(), at);
    queuedAt = Micros.earlier(queuedAt, at);
  }

  /** Merges an attempt in; times are in microseconds. */
  void merge(Attempted said, long at, long receivedAt) {
    describe(said.eventType(), said.partnerId(), at);
    if (said.result() == Result.DELIVERED) {
      deliveredAt = Micros.earlier(deliveredAt, at);
    }
    if (said.result() == Result.DEAD_LETTER) {
      dies(at, receivedAt);
    }
  }

  /** Merges in that it will not be made; times are in microseconds. */
  void merge(GivenUp said, long at, long receivedAt) {
    describe(said.eventType(), said.partnerId(), at);
    dies(at, receivedAt);
  }

  private void dies(long at, long receivedAt) {
    deadAt = Micros.earlier(deadAt, at);
    deadReceivedAt = deadReceivedAt == null ? Long.valueOf(receivedAt) : deadReceivedAt;
  }

  private void describe(String type, String partner, long at) {
    Stamps merging = Stamps.parse(stamps);
    eventType = merging.merge(Fact.EVENT_TYPE, eventType, type, at);
    partnerId = merging.merge(Fact.PARTNER, partnerId, partner, at);
    stamps = merging.toString();
  }

  /** Tells whether an attempt that does not say what it was of can be counted by what is known. */
  boolean isDescribed() {
    return queuedAt != null;
  }

  /** Numbers an attempt that has to wait. */
  int addWaiting() {
    return ++waited;
  }

  /** Counts the attempt that has waited longest as one that does not wait any more. */
  void release() {
    released++;
  }

  /** Has what is waiting counted at a receipt time; null where nothing waits. */
  void due(Long micros) {
    due = micros;
  }

  /**
   * Marks as made what is due at a receipt time, and says what that is.
   *
   * @param attempts those that are counted now
   */
  Set<Contribution> count(List<Attempted> attempts, long now, long settle) {
    Set<Contribution> made = EnumSet.noneOf(Contribution.class);
    boolean delivered = attempts.stream().anyMatch(one -> one.result() == Result.DELIVERED);
    countedAttempt |= !attempts.isEmpty();
    if (queuedAt != null && !countedQueued) {
      made.add(Contribution.QUEUED);
      countedQueued = true;
    }
    if (delivered && !countedDelivered) {
      made.add(Contribution.DELIVERED);
      countedDelivered = true;
    }
    if (isDying() && now - deadReceivedAt >= settle) {
      made.add(Contribution.DEAD_LETTER);
      countedDead = true;
    }
    if (!countedProcessing && (countedDelivered || countedDead) && processing() != null) {
      made.add(Contribution.PROCESSING);
      countedProcessing = true;
    }
    return made;
  }

  /** Given up, as far as is known: a success may still be told of. */
  boolean isDying() {
    return deadAt != null && deliveredAt == null && !countedDead;
  }

  /**
   * From queued to delivered, or to given up where there is no success; null while that is unknown.
   * Clocks of two machines may differ, and time never runs back.
   */
  Duration processing() {
    Long end = deliveredAt != null ? deliveredAt : deadAt;
    return queuedAt == null || end == null
        ? null
        : Duration.ofNanos(Math.max(0, end - queuedAt) * 1000);
  }

  /** What changed of the facts that were counted before this event. */
  Set<Correction> corrections(Facts before) {
    Set<Correction> found = EnumSet.noneOf(Correction.class);
    boolean sameLabels =
        Objects.equals(before.eventType(), eventType)
            && Objects.equals(before.partnerId(), partnerId);
    if ((countedQueued || countedAttempt) && !sameLabels) {
      found.add(Correction.DELIVERY_LABELS);
    }
    if (countedDead && before.deliveredAt() == null && deliveredAt != null) {
      found.add(Correction.DELIVERY_DEAD_LETTER);
    }
    if (countedProcessing && !before.processing().equals(processing())) {
      found.add(Correction.DELIVERY_PROCESSING);
    }
    return found;
  }
}
