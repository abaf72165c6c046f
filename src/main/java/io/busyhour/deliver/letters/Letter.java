package io.busyhour.deliver.letters;

import io.busyhour.deliver.Place;

/**
 * A delivery as its row says it is; times in microseconds since 1970.
 *
 * @param dueAt null once it is done
 * @param doneAt null until it is done
 * @param reason why it is dead, or null
 */
record Letter(
    String deliveryId,
    String subscriptionId,
    String partnerId,
    String eventType,
    State state,
    long queuedAt,
    Long dueAt,
    int attempts,
    Long doneAt,
    String reason) {

  /** What a delivery is in. */
  enum State {
    /** It is to be made, now or later. */
    PENDING,
    /** It was answered 2xx. */
    DELIVERED,
    /** It was given up. */
    DEAD
  }

  /**
   * All of one delivery.
   *
   * @param payload what is sent, as JSON
   * @param history its attempts as a JSON array, or null
   */
  record Whole(Letter letter, String payload, String history) {}

  Place place() {
    return new Place(queuedAt, deliveryId);
  }
}
