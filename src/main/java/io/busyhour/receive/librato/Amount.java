package io.busyhour.receive.librato;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a measurement says: a number in base units, and what it is a number of.
 *
 * @param number seconds, bytes, a ratio, or whatever the sender counts
 */
record Amount(BigDecimal number, Dimension of) {

  /** What can be measured. */
  enum Dimension {
    /** Seconds. */
    TIME,
    /** Bytes. */
    SIZE,
    /** Parts of one. */
    RATIO,
    /** Without a unit, or with one that nobody knows here. */
    OTHER
  }

  private record Unit(Dimension of, int powerOfTen) {}

  private static final Unit NONE = new Unit(Dimension.OTHER, 0);

  /** Decimal as in SI: whoever means 1024 bytes writes KiB, or does not say what he means. */
  private static final Map<String, Unit> UNITS =
      Map.of(
          "s", new Unit(Dimension.TIME, 0),
          "ms", new Unit(Dimension.TIME, -3),
          "mS", new Unit(Dimension.TIME, -3),
          "us", new Unit(Dimension.TIME, -6),
          "B", new Unit(Dimension.SIZE, 0),
          "KB", new Unit(Dimension.SIZE, 3),
          "kB", new Unit(Dimension.SIZE, 3),
          "MB", new Unit(Dimension.SIZE, 6),
          "GB", new Unit(Dimension.SIZE, 9),
          "%", new Unit(Dimension.RATIO, -2));

  /**
   * Reads a value as l2met does: the number that it begins with, which has neither sign nor
   * exponent; the unit is the value without digits and points at both ends. Nothing is 1. Gives
   * null where there is no number.
   */
  static Amount parse(String value) {
    if (value.isEmpty()) {
      return new Amount(BigDecimal.ONE, Dimension.OTHER);
    }
    int whole = digits(value, 0);
    int end =
        whole < value.length() && value.charAt(whole) == '.' ? digits(value, whole + 1) : whole;
    boolean isNumber = whole > 0 || end > 1;
    if (!isNumber) {
      return null;
    }
    Unit unit = UNITS.getOrDefault(unit(value), NONE);
    BigDecimal number = new BigDecimal(value.substring(0, end));
    return new Amount(number.scaleByPowerOfTen(unit.powerOfTen), unit.of);
  }

  private static int digits(String value, int from) {
    int i = from;
    while (i < value.length() && value.charAt(i) >= '0' && value.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static String unit(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isOfNumber(value.charAt(from))) {
      from++;
    }
    while (to > from && isOfNumber(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isOfNumber(char sign) {
    return sign == '.' || (sign >= '0' && sign <= '9');
  }
}
