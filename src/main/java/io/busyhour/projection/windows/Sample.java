package io.busyhour.projection.windows;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What one call, message or charge adds to a window.
 *
 * @param counts what it counts for: as many as the window has counts; the first is above 0
 * @param amounts exact decimals that are summed: as many as the window has amounts
 * @param value a value of which quantiles are asked, not negative, or null
 */
record Sample(List<Long> counts, List<BigDecimal> amounts, Double value) {
  static Sample counts(long... counts) {
    return new Sample(LongStream.of(counts).boxed().toList(), List.of(), null);
  }

  Sample withAmounts(BigDecimal... sums) {
    return new Sample(counts, List.of(sums), value);
  }

  Sample withValue(Double newValue) {
    return new Sample(counts, amounts, newValue);
  }
}
