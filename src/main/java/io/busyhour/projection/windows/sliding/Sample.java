package io.busyhour.projection.windows.sliding;

import java.math.BigDecimal;
import java.util.List;

/**
 * What one call, message or charge adds to a window.
 *
 * @param counts what it counts for: as many as the window has counts; the first is above 0
 * @param amounts exact decimals that are summed: as many as the window has amounts
 * @param value a value of which quantiles are asked, not negative, or null
 */
public record Sample(List<Long> counts, List<BigDecimal> amounts, Double value) {
  /** One that has counts only. */
  public static Sample counts(long... counts) {
    Long[] boxed = new Long[counts.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = counts[i];
    }
    return new Sample(List.of(boxed), List.of(), null);
  }

  /** This one with amounts. */
  public Sample withAmounts(BigDecimal... sums) {
    return new Sample(counts, List.of(sums), value);
  }

  /** This one with a value. */
  public Sample withValue(Double newValue) {
    return new Sample(counts, amounts, newValue);
  }
}
