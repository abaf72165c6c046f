package io.busyhour.projection;

/**
 * Says that another process took entries in meanwhile, so that what is in memory is out of date.
 */
final class PositionMoved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PositionMoved(long expected, long found) {
    super("another process has moved the position from %d to %d".formatted(expected, found));
  }
}
