package io.busyhour.deliver;

import java.util.List;
import java.util.function.Function;

/**
 * Some rows of a list, newest first.
 *
 * @param next what is to be read on from, or null at the end of the list
 */
public record Page<T>(List<T> rows, Place next) {
  /** Keeps the list from changing. */
  public Page {
    rows = List.copyOf(rows);
  }

  /**
   * The first rows of those that were read.
   *
   * @param read one more than the limit, where there are more
   */
  public static <T> Page<T> of(List<T> read, int limit, Function<T, Place> place) {
    return read.size() <= limit
        ? new Page<>(read, null)
        : new Page<>(read.subList(0, limit), place.apply(read.get(limit - 1)));
  }

  /** The text of the answer's {@code next_cursor}, or null. */
  public String cursor() {
    return next == null ? null : next.toString();
  }
}
