package io.busyhour.projection.change;

import io.busyhour.event.WebhookEvent.Attempted;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What one event, or the end of the time to wait for more, did to a webhook's delivery by an
 * outside worker.
 *
 * @param deliveryId identifies the delivery
 * @param eventType what it tells of, or null if unknown
 * @param partnerId whom it is for, or null if unknown
 * @param counted which contributions to counters are due now; each is due once in its life
 * @param attempts the attempts to be counted now, each with what is known of its delivery
 * @param processing from queued to its end, where that contribution is due; else null
 * @param corrections which facts changed after they had been counted
 */
public record DeliveryChange(
    String deliveryId,
    String eventType,
    String partnerId,
    Set<Contribution> counted,
    List<Attempted> attempts,
    Duration processing,
    Set<Correction> corrections)
    implements Change {

  /** What a delivery adds to counters, apart from its attempts. */
  public enum Contribution {
    /** That it was queued. */
    QUEUED,
    /** That it was delivered. */
    DELIVERED,
    /** That it was given up. */
    DEAD_LETTER,
    /** How long it took. */
    PROCESSING
  }

  /** A fact that changed too late for the counters. */
  public enum Correction {
    /** Another kind of event, or another partner. */
    DELIVERY_LABELS,
    /** A success of what was given up. */
    DELIVERY_DEAD_LETTER,
    /** Another time from queued to its end. */
    DELIVERY_PROCESSING
  }
}
