package io.busyhour.projection.windows.sliding;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import java.util.Map;
import java.util.SortedMap;

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

  static double of(SortedMap<Integer, Long> counts, long total, double share) {
    double rank = share * (total - 1);
    long below = 0;
    for (Map.Entry<Integer, Long> count : counts.entrySet()) {
      below += count.getValue();
      if (below > rank) {
        return count.getKey() == ZERO ? 0 : MAPPING.value(count.getKey());
      }
    }
    throw new IllegalStateException("a quantile of nothing");
  }
}
