package io.busyhour.projection;

/**
 * Says that another process took entries in or settled rows meanwhile, so that what is in memory is
 * out of date.
 */
final class PositionMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PositionMoved(Positions.Place expected, Positions.Place found) {
    super("another process has moved the projection from %s to %s".formatted(expected, found));
  }
}
