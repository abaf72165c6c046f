package io.busyhour.projection.windows.sliding;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;

/**
 * Quantiles to a relative error of 1 % by DDSketch's logarithmic mapping. The counts by index are
 * ours and not a sketch's, because a correction must take values away again.
 */
public final class Quantiles {
  private static final double RELATIVE_ERROR = 0.01;
  private static final IndexMapping MAPPING = new LogarithmicMapping(RELATIVE_ERROR);
  private static final int ZERO = Integer.MIN_VALUE;

  private Quantiles() {}

  static int index(double value) {
    return value < MAPPING.minIndexableValue() ? ZERO : MAPPING.index(value);
  }

  /** The value that stands for those of an index. */
  static double value(int index) {
    return index == ZERO ? 0 : MAPPING.value(index);
  }
}
