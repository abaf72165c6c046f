package io.busyhour.instrument;

import java.math.BigDecimal;

/**
 * A sum of decimals in which nothing is rounded, so that the order of the summands cannot be told
 * from it. Whole numbers and values with at most six decimals cost one addition of longs; what does
 * not fit is kept beside them.
 */
final class ExactSum {
  private static final int DECIMALS = 6;
  private static final long UNIT = 1_000_000;

  /**
   * Up to 15 digits a decimal and the double nearest to it determine each other (IEEE 754 binary64,
   * DBL_DIG), so that the quotient below being the same double proves the decimal to be the one
   * that {@link Double#toString} prints.
   */
  private static final long FIFTEEN_DIGITS = 999_999_999_999_999L;

  private static final long EXACT_AS_DOUBLE = 1L << 53;

  private long micros;
  private BigDecimal rest = BigDecimal.ZERO;

  /** Reads what {@link #toString} wrote. */
  static ExactSum parse(String text) {
    ExactSum sum = new ExactSum();
    sum.add(new BigDecimal(text));
    return sum;
  }

  void add(long whole) {
    if (whole >= -FIFTEEN_DIGITS / UNIT && whole <= FIFTEEN_DIGITS / UNIT) {
      addMicros(whole * UNIT);
    } else {
      rest = rest.add(BigDecimal.valueOf(whole));
    }
  }

  /** Adds the decimal that is printed for this double, which is what its sender wrote. */
  void add(double value) {
    long rounded = Math.round(value * UNIT);
    if (Math.abs(rounded) <= FIFTEEN_DIGITS && rounded / (double) UNIT == value) {
      addMicros(rounded);
    } else {
      rest = rest.add(BigDecimal.valueOf(value));
    }
  }

  void add(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.scale() <= DECIMALS && plain.precision() - plain.scale() <= 9) {
      addMicros(plain.movePointRight(DECIMALS).longValueExact());
    } else {
      rest = rest.add(plain);
    }
  }

  private void addMicros(long summand) {
    long sum = micros + summand;
    if (((micros ^ sum) & (summand ^ sum)) < 0) {
      rest = rest.add(BigDecimal.valueOf(micros, DECIMALS));
      micros = summand;
    } else {
      micros = sum;
    }
  }

  private BigDecimal exact() {
    return BigDecimal.valueOf(micros, DECIMALS).add(rest);
  }

  /** The double nearest to the sum. */
  double value() {
    if (rest.signum() == 0 && Math.abs(micros) <= EXACT_AS_DOUBLE) {
      // Both operands are exact, so the division is the only rounding.
      return micros / (double) UNIT;
    }
    return exact().doubleValue();
  }

  @Override
  public String toString() {
    return exact().stripTrailingZeros().toString();
  }
}
