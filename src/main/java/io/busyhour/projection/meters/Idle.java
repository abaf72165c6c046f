package io.busyhour.projection.meters;

import java.time.Duration;

/**
 * How long nothing may be heard of an entity before its series are dropped.
 *
 * @param series its gauges, and the counts of its rows that have fallen to 0
 * @param counters its counters and histograms
 */
public record Idle(Duration series, Duration counters) {}
