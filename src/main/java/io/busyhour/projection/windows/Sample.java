package io.busyhour.projection.windows;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What one call or message adds to a window.
 *
 * @param counts what it counts for: as many as the window has counts
 * @param value a value of which quantiles are asked, not negative, or null
 */
record Sample(List<Long> counts, Double value) {
  static Sample counts(long... counts) {
    return new Sample(LongStream.of(counts).boxed().toList(), null);
  }

  Sample withValue(Double newValue) {
    return new Sample(counts, newValue);
  }
}
