package io.busyhour.deliver.work;

import java.time.Instant;

/**
 * How it goes with an endpoint.
 *
 * @param state whether it is delivered to
 * @param oldestDue since when the oldest delivery that could be attempted has been due, or null
 */
public record EndpointState(
    String partnerId, String subscriptionId, Breaker.State state, Instant oldestDue) {}
