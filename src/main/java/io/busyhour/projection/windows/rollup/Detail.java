package io.busyhour.projection.windows.rollup;

/** How much of figures is read: percentiles are most of what is stored. */
public enum Detail {
  /** Counts, sums, rates and averages. */
  COUNTS,
  /** Those and the percentiles. */
  PERCENTILES
}
