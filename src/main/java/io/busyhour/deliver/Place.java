package io.busyhour.deliver;

import io.busyhour.http.Asked;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * A place in a list that is in order of time, then of id. Its text is {@code <time>,<id>}.
 *
 * @param micros microseconds since 1970
 * @param id empty for the place before all of that time
 */
public record Place(long micros, String id) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::micros).thenComparing(Place::id);

  /**
   * Reads the parameter {@code cursor}; null if it is not given.
   *
   * @throws io.busyhour.http.Refusal where it is no text of a place
   */
  public static Place asked(String cursor) {
    String text = Asked.text(cursor);
    if (text == null) {
      return null;
    }
    int comma = text.indexOf(',');
    try {
      return new Place(
          microsOf(Instant.parse(text.substring(0, Math.max(0, comma)))),
          text.substring(comma + 1));
    } catch (DateTimeException | ArithmeticException e) {
      throw Asked.wrong("cursor", "the next_cursor of an answer");
    }
  }

  /** A time as rows have it. */
  public static long microsOf(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** What {@link #microsOf} wrote. */
  public static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return time(micros) + "," + id;
  }
}
