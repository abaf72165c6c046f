package io.busyhour.receive.statsd;

import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Reads the numbers of a line: exact decimals, within what can be added up for long. */
final class Amounts {
  /** The largest gauge. */
  static final BigDecimal MOST_LEVEL = BigDecimal.valueOf(1_000_000_000_000_000_000L);

  /** What one sample may come to; of these, many thousands still are a long. */
  static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000L);

  private static final int LONGEST = 40;
  private static final int DECIMALS = 15;
  private static final BigDecimal LOWEST_RATE = new BigDecimal("0.000001");

  private Amounts() {}

  /** A decimal number; what is finer than 15 decimals is rounded. */
  static BigDecimal read(String text) {
    BigDecimal number = parse(text);
    if (number == null) {
      throw new Refusal(
          Reason.INVALID_VALUE, "value: %s (expected: a number)".formatted(Quoted.of(text)));
    }
    return number;
  }

  private static BigDecimal parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      // Looked at without writing out the digits: 1e999999999 has a billion of them.
      long magnitude = (long) number.precision() - number.scale();
      if (number.signum() == 0 || magnitude < -DECIMALS) {
        return BigDecimal.ZERO;
      }
      return magnitude > LONGEST ? null : rounded(number);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static BigDecimal rounded(BigDecimal number) {
    return number.scale() > DECIMALS ? number.setScale(DECIMALS, RoundingMode.HALF_EVEN) : number;
  }

  /** A number of at least 0 and at most so much. */
  static BigDecimal within(BigDecimal number, BigDecimal most) {
    if (number.signum() < 0 || number.compareTo(most) > 0) {
      throw outside(number, "0", most);
    }
    return number;
  }

  /** A number that is at most so far from 0. */
  static BigDecimal around(BigDecimal number, BigDecimal most) {
    if (number.abs().compareTo(most) > 0) {
      throw outside(number, "-" + most.toPlainString(), most);
    }
    return number;
  }

  private static Refusal outside(BigDecimal number, String least, BigDecimal most) {
    return new Refusal(
        Reason.INVALID_VALUE,
        "value: %s (expected: %s to %s)"
            .formatted(Quoted.of(number.toString()), least, most.toPlainString()));
  }

  /** A sample rate; one that is no number, or 0, is 1, as in statsd_exporter. */
  static BigDecimal rate(String text) {
    BigDecimal rate = parse(text);
    if (rate == null || rate.signum() == 0) {
      return BigDecimal.ONE;
    }
    if (rate.compareTo(LOWEST_RATE) < 0 || rate.compareTo(BigDecimal.ONE) > 0) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "sample rate: %s (expected: 0.000001 to 1)".formatted(Quoted.of(text)));
    }
    return rate;
  }

  /** What a counted amount stands for: to 16 digits where the quotient has no end. */
  static BigDecimal scaled(BigDecimal amount, BigDecimal rate) {
    return rate.compareTo(BigDecimal.ONE) == 0
        ? amount
        : rounded(amount.divide(rate, MathContext.DECIMAL64));
  }

  /** How many samples one stands for, to the nearest whole number. */
  static long times(BigDecimal rate) {
    return rate.compareTo(BigDecimal.ONE) == 0
        ? 1
        : BigDecimal.ONE.divide(rate, 0, RoundingMode.HALF_UP).longValueExact();
  }
}
