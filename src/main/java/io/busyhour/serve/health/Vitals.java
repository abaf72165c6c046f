package io.busyhour.serve.health;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the start of the server plugs into the health of the figures.
 *
 * @param maxActive how many calls may be active for over an hour without a warning
 * @param minSuccess the least share of calls completed in the last hour that is healthy, 0 to 1
 * @param parts how the parts are that the figures come from; asked each time
 */
public record Vitals(int maxActive, double minSuccess, Supplier<List<Part>> parts) {
  /**
   * How one part is.
   *
   * @param name such as journal
   * @param fault one sentence, or null while it is well
   */
  public record Part(String name, String fault) {}
}
