package io.busyhour.deliver.outbox;

import java.time.Instant;

/**
 * A delivery that was taken to be made.
 *
 * @param deliveryId the same for each attempt
 * @param wantedAt when it was queued, or was last asked for once more
 * @param dueAt when it was due
 * @param leasedUntil until when nobody else takes it; also what tells whether it still is ours
 * @param attempts how many were made
 * @param spent how many of them were made before it was asked for once more
 * @param history the attempts as a JSON array, or null if there was none
 */
public record Due(
    String deliveryId,
    String subscriptionId,
    String partnerId,
    String eventType,
    String payload,
    Instant wantedAt,
    Instant dueAt,
    Instant leasedUntil,
    int attempts,
    int spent,
    String history) {}
