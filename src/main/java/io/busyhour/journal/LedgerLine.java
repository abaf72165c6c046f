package io.busyhour.journal;

import java.time.Instant;
import java.util.Map;

/**
 * What was received from one source: received = accepted + duplicates + all rejected.
 *
 * @param source as in the event key; {@code __other__} for those beyond the limit of sources
 * @param rejected count by reason
 * @param lastEvent the latest event time among the accepted ones, or null
 */
public record LedgerLine(
    String source, long accepted, long duplicates, Map<String, Long> rejected, Instant lastEvent) {}
