package io.busyhour.deliver.outbox;

/** A delivery that is to be queued: one event for one subscription. */
record NewDelivery(
    String deliveryId, String subscriptionId, String partnerId, String eventType, String payload) {}
