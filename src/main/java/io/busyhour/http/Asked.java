package io.busyhour.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads the parameters of a query; one that is empty is as one that is not there. */
public final class Asked {
  // What rows can hold, and no event can be outside of.
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Asked() {}

  /** A whole number of a range, or what it is if it is not given. */
  public static int number(String name, String said, int otherwise, int least, int most) {
    if (isAbsent(said)) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(said);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As one that is out of range: what is expected says it all.
    }
    throw wrong(name, "a whole number from %d to %d".formatted(least, most));
  }

  /** A time, or null if it is not given. */
  public static Instant time(String name, String said) {
    if (isAbsent(said)) {
      return null;
    }
    try {
      // A plus in a query is a blank unless it is escaped.
      Instant time = OffsetDateTime.parse(said.replace(' ', '+')).toInstant();
      if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // As one that is out of range: what is expected says it all.
    }
    throw wrong(name, "an RFC 3339 time from 1970 to 9999, such as 2026-11-20T09:00:00Z");
  }

  /** A text, or null if it is not given. */
  public static String text(String said) {
    if (isAbsent(said)) {
      return null;
    }
    check(said);
    return said;
  }

  /** Refuses a parameter; what was said is not repeated, as it may be a phone number. */
  public static Refusal wrong(String name, String expected) {
    return new Refusal(Reason.INVALID_VALUE, "%s must be %s.".formatted(name, expected));
  }

  /** Refuses a character that no text of a database may have. */
  private static void check(String said) {
    if (said.indexOf('\0') >= 0) {
      throw new Refusal(Reason.INVALID_VALUE, "A parameter has the character NUL.");
    }
  }

  private static boolean isAbsent(String said) {
    return said == null || said.isEmpty();
  }
}
