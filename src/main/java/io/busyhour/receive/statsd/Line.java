package io.busyhour.receive.statsd;

import java.util.List;
import java.util.Map;

/**
 * What a line says.
 *
 * @param name the metric's
 * @param tags their values by their names
 * @param samples at least one; none for what is no metric: an event or a service check
 */
record Line(String name, Map<String, String> tags, List<Sample> samples) {
  /** An event or a service check of DogStatsD. */
  static final Line NO_METRIC = new Line("", Map.of(), List.of());
}
