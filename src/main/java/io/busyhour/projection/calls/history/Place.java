package io.busyhour.projection.calls.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A place in the order of all calls: by when they began, then by id. Its text is {@code
 * <started_at>,<call_id>}, so that whoever has a call's row knows its place.
 *
 * @param startedAt in microseconds
 * @param callId empty for the place before all calls that began then
 */
public record Place(long startedAt, String callId) implements Comparable<Place> {

  /** The place of a call, or before all that began at a time. */
  public static Place of(Instant startedAt, String callId) {
    return new Place(ChronoUnit.MICROS.between(Instant.EPOCH, startedAt), callId);
  }

  /** Reads what {@link #toString} wrote; throws {@link IllegalArgumentException} for others. */
  public static Place parse(String text) {
    int comma = text.indexOf(',');
    if (comma < 0) {
      throw new IllegalArgumentException("no comma");
    }
    try {
      return of(Instant.parse(text.substring(0, comma)), text.substring(comma + 1));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("no time", e);
    }
  }

  @Override
  public int compareTo(Place other) {
    int order = Long.compare(startedAt, other.startedAt);
    return order != 0 ? order : callId.compareTo(other.callId);
  }

  @Override
  public String toString() {
    return Instant.EPOCH.plus(startedAt, ChronoUnit.MICROS) + "," + callId;
  }
}
