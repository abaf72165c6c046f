package io.busyhour.journal;

import io.busyhour.event.Delivery;
import java.time.Instant;

/**
 * A delivery as it stands in the journal.
 *
 * @param position 1 for the first, then without gaps; the oldest are deleted after some time
 * @param receivedAt when it was received, to the microsecond; never before that of an earlier
 *     position
 * @param delivery what was delivered
 */
public record Entry(long position, Instant receivedAt, Delivery delivery) {}
