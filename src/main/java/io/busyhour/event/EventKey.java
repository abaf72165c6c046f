package io.busyhour.event;

import java.util.Objects;

/**
 * What identifies a delivery, as in CloudEvents: the second arrival of the same source and id is a
 * duplicate.
 *
 * @param source who sent it: a CloudEvents source, or the name of the door
 * @param id the source's own id, 1 to 256 characters
 */
public record EventKey(String source, String id) {
  /** The longest source and the longest id, in characters. */
  public static final int MAX_LENGTH = 256;

  /** Both parts are there. */
  public EventKey {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(id, "id");
  }
}
