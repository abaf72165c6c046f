package io.busyhour.deliver.subscription;

import java.net.URI;

/** What a new subscription is to be; see {@link Subscription}. */
public record Draft(
    String partnerId, URI url, Filter filter, boolean numbersShown, int perSecond) {}
