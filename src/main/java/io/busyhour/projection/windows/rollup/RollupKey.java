package io.busyhour.projection.windows.rollup;

/** Which calls the figures are of: those of a group that belong to one span of time. */
record RollupKey(Kind kind, String label, Step step, long start) {}
