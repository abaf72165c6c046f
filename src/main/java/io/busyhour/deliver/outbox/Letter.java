package io.busyhour.deliver.outbox;

/** A delivery that is to be queued: one event for one subscription. */
record Letter(
    String deliveryId, String subscriptionId, String partnerId, String eventType, String payload) {}
