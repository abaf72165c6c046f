package io.busyhour.projection.calls.message;

import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.change.MessageChange.Contribution;
import io.busyhour.projection.change.MessageChange.Correction;
import io.busyhour.projection.change.MessageRecord;
import io.busyhour.projection.change.MessageRecord.Beginning;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Which of a message's contributions to counters were made, and since when the others wait: each
 * until its facts are complete, or until the time to wait for more has passed since the event that
 * calls for it was received (DESIGN.md, "Settling"). Each is counted under what is known then: the
 * carrier is often told only by the report of delivery.
 */
@Embeddable
class Counted {
  private static final Set<Correction> NO_CORRECTION = Set.of();

  @Column(name = "pending_received_at")
  Long pendingReceivedAt;

  @Column(name = "delivered_received_at")
  Long deliveredReceivedAt;

  // Of the report of delivery itself: delivered is, too, what was only said to have been read.
  @Column(name = "arrival_received_at")
  Long arrivalReceivedAt;

  @Column(name = "failed_received_at")
  Long failedReceivedAt;

  @Column(name = "counted_pending")
  boolean pending;

  @Column(name = "counted_delivered")
  boolean delivered;

  @Column(name = "counted_failed")
  boolean failed;

  @Column(name = "counted_error")
  boolean error;

  @Column(name = "counted_segments")
  boolean segments;

  @Column(name = "counted_latency")
  boolean latency;

  // The receipt time at which what is waiting is counted with what is known; null if nothing waits.
  @Column(name = "settle_due")
  Long due;

  /** Remembers when each contribution was first called for. */
  void heard(MessageRecord message, long receivedAt) {
    pendingReceivedAt = first(pendingReceivedAt, message.hasBeenPending(), receivedAt);
    deliveredReceivedAt = first(deliveredReceivedAt, message.isDelivered(), receivedAt);
    arrivalReceivedAt = first(arrivalReceivedAt, message.times().delivered() != null, receivedAt);
    failedReceivedAt = first(failedReceivedAt, message.isFailed(), receivedAt);
  }

  private static Long first(Long held, boolean reached, long receivedAt) {
    return held == null && reached ? Long.valueOf(receivedAt) : held;
  }

  /**
   * Marks as made what is due at a receipt time, and says what that is.
   *
   * @param whole whether nothing more will be said of its beginning
   */
  Set<Contribution> count(MessageRecord message, boolean whole, long now, long settle) {
    boolean hasCarrier = whole || message.beginning().carrier() != null;
    boolean known = message.times().begun() != null && hasCarrier;
    long over = now - settle;
    Set<Contribution> made = EnumSet.noneOf(Contribution.class);
    if (pendingIsOpen(message) && (known || pendingReceivedAt <= over)) {
      pending = made.add(Contribution.PENDING);
    }
    if (deliveredIsOpen(message) && (known || deliveredReceivedAt <= over)) {
      delivered = made.add(Contribution.DELIVERED);
    }
    if (failedIsOpen(message) && (known || failedReceivedAt <= over)) {
      failed = made.add(Contribution.FAILED);
    }
    boolean errorKnown = known && message.errorCode() != null;
    if (errorIsOpen(message) && (errorKnown || failedReceivedAt <= over)) {
      error = made.add(Contribution.ERROR);
    }
    // Only the event that says the beginning says how many there are.
    if (!segments && message.beginning().segments() != null) {
      segments = made.add(Contribution.SEGMENTS);
    }
    boolean sentKnown = known && message.times().sent() != null;
    if (latencyIsOpen(message)
        && message.latency() != null
        && (sentKnown || arrivalReceivedAt <= over)) {
      latency = made.add(Contribution.LATENCY);
    }
    due = nextDue(message, now, settle);
    return made;
  }

  private boolean pendingIsOpen(MessageRecord message) {
    return !pending && message.hasBeenPending();
  }

  private boolean deliveredIsOpen(MessageRecord message) {
    return !delivered && message.isDelivered();
  }

  private boolean failedIsOpen(MessageRecord message) {
    return !failed && message.isFailed();
  }

  private boolean errorIsOpen(MessageRecord message) {
    return !error && message.isFailed();
  }

  private boolean latencyIsOpen(MessageRecord message) {
    return !latency && message.times().delivered() != null;
  }

  private Long nextDue(MessageRecord message, long now, long settle) {
    Long since = null;
    since = pendingIsOpen(message) ? earlier(since, pendingReceivedAt) : since;
    since = deliveredIsOpen(message) ? earlier(since, deliveredReceivedAt) : since;
    since = errorIsOpen(message) ? earlier(since, failedReceivedAt) : since;
    // When nobody has said by then when it was sent, only an event that does can help.
    boolean waits = latencyIsOpen(message) && arrivalReceivedAt + settle > now;
    since = waits ? earlier(since, arrivalReceivedAt) : since;
    return since == null ? null : Long.valueOf(since + settle);
  }

  private static Long earlier(Long since, long other) {
    return Micros.earlier(since, other);
  }

  /** What changed of the facts that were counted before this event. */
  Set<Correction> corrections(MessageRecord before, MessageRecord now) {
    boolean isReached = pending || delivered || failed;
    if (before == null || !(isReached || error || segments || latency)) {
      return NO_CORRECTION;
    }
    Set<Correction> found = EnumSet.noneOf(Correction.class);
    Beginning was = before.beginning();
    Beginning is = now.beginning();
    ifChanged(was.account(), is.account(), Correction.MESSAGE_LABELS, found);
    ifChanged(was.campaign(), is.campaign(), Correction.MESSAGE_LABELS, found);
    if (isReached || error || latency) {
      ifChanged(was.carrier(), is.carrier(), Correction.MESSAGE_LABELS, found);
    }
    if (isReached) {
      ifChanged(was.direction(), is.direction(), Correction.MESSAGE_LABELS, found);
    }
    if (error) {
      ifChanged(before.errorLabel(), now.errorLabel(), Correction.MESSAGE_ERROR, found);
    }
    if (segments) {
      ifChanged(was.segments(), is.segments(), Correction.MESSAGE_SEGMENTS, found);
    }
    if (latency) {
      ifChanged(before.latency(), now.latency(), Correction.MESSAGE_LATENCY, found);
    }
    return found;
  }

  private static void ifChanged(
      Object before, Object after, Correction correction, Set<Correction> found) {
    if (!Objects.equals(before, after)) {
      found.add(correction);
    }
  }
}
