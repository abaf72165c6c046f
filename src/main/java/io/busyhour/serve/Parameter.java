package io.busyhour.serve;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;

/** A whole number that a caller may give, and what it is without one. */
public record Parameter(String name, int standard, int min, int max) {
  /**
   * Reads what was given.
   *
   * @param text null where nothing was
   * @throws Refusal with the range; what was given is not repeated, it may be a phone number
   */
  public int read(String text) {
    if (text == null) {
      return standard;
    }
    if (text.matches("\\d{1,9}")) {
      return check(Integer.parseInt(text));
    }
    throw outOfRange();
  }

  /**
   * The number, where it is in the range.
   *
   * @throws Refusal with the range
   */
  public int check(long number) {
    if (number < min || number > max) {
      throw outOfRange();
    }
    return (int) number;
  }

  /** Says which numbers are taken. */
  public Refusal outOfRange() {
    return new Refusal(
        Reason.INVALID_VALUE, "%s: (expected: a whole number, %d to %d)".formatted(name, min, max));
  }
}
