package io.busyhour.deliver.send;

import java.time.Duration;
import java.util.List;

/**
 * How attempts are made.
 *
 * @param timeout for a whole attempt, from resolving the name to the last byte
 * @param allowPrivate whether addresses that are not public may be sent to
 * @param allowed networks that may be sent to all the same, such as {@code 10.1.0.0/16}
 * @param connections at most so many at a time
 */
public record SendSettings(
    Duration timeout, boolean allowPrivate, List<String> allowed, int connections) {
  /** Keeps the list from changing. */
  public SendSettings {
    allowed = List.copyOf(allowed);
  }
}
