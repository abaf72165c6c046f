package io.busyhour.projection.windows.sliding;

import java.time.Instant;
import java.util.List;

/**
 * Where a sample belongs.
 *
 * @param labels the label values that it counts under; null ones are written as empty
 * @param time when it happened
 */
public record Placed(List<String> labels, Instant time, Sample sample) {
  /** A sample of these label values, of which null ones are written as empty. */
  public static Placed at(Instant time, Sample sample, String... labels) {
    String[] written = labels.clone();
    for (int i = 0; i < written.length; i++) {
      written[i] = written[i] == null ? "" : written[i];
    }
    return new Placed(List.of(written), time, sample);
  }
}
