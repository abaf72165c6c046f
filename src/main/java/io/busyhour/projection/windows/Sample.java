package io.busyhour.projection.windows;

/**
 * What one call or message adds to a window.
 *
 * @param counts what it counts for: as many as the window has counts
 * @param value a value of which quantiles are asked, not negative, or null
 */
record Sample(long[] counts, Double value) {
  static Sample counts(long... counts) {
    return new Sample(counts, null);
  }

  Sample withValue(Double newValue) {
    return new Sample(counts, newValue);
  }
}
