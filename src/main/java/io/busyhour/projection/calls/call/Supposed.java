package io.busyhour.projection.calls.call;

/**
 * What follows for a call from everything that is known of its room: each statement replaces the
 * one before, as more becomes known. Times are in microseconds.
 *
 * @param answeredAt when it was taken, where nobody says it; or null
 * @param releasedAt when it was let go, unless somebody knows better; or null
 * @param recorded whether there is a recording of the room
 */
public record Supposed(Long answeredAt, Long releasedAt, boolean recorded) {
  /** Nothing follows. */
  public static final Supposed NOTHING = new Supposed(null, null, false);
}
