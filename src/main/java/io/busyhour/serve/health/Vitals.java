package io.busyhour.serve.health;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the start of the server plugs into the health of the figures.
 *
 * @param maxActive how many calls may be active for over an hour without a warning
 * @param parts how the parts are that the figures come from; asked each time
 */
public record Vitals(int maxActive, Supplier<List<Part>> parts) {
  /**
   * How one part is.
   *
   * @param name such as journal
   * @param fault one sentence, or null while it is well
   */
  public record Part(String name, String fault) {}
}
