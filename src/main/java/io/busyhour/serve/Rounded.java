package io.busyhour.serve;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as the views show them: what is unknown stays null. */
public final class Rounded {
  private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

  private Rounded() {}

  /** A share, 0 to 1, in percent with one decimal. */
  public static Double percent(Double share) {
    return share == null ? null : of(BigDecimal.valueOf(share).multiply(PERCENT), 1);
  }

  /** With one decimal. */
  public static Double tenths(Double value) {
    return places(value, 1);
  }

  /** With so many decimals. */
  public static Double places(Double value, int places) {
    return value == null ? null : of(BigDecimal.valueOf(value), places);
  }

  /** How much more there is now than was then, in percent of then; null without a then. */
  public static Double growth(Double now, Double then) {
    return now == null || then == null || then == 0 ? null : tenths((now - then) / then * 100);
  }

  private static Double of(BigDecimal value, int places) {
    return value.setScale(places, RoundingMode.HALF_UP).doubleValue();
  }
}
