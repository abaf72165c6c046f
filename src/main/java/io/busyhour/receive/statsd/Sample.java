package io.busyhour.receive.statsd;

import java.math.BigDecimal;

/** One measured value, as it counts: its rate is in it already. */
sealed interface Sample {

  /** A counter rises. */
  record Count(BigDecimal amount) implements Sample {}

  /** A gauge has a value. */
  record Level(BigDecimal value) implements Sample {}

  /** A gauge goes up or down. */
  record Change(BigDecimal by) implements Sample {}

  /**
   * A duration.
   *
   * @param times how many of it there were, of which one was sent
   */
  record Duration(BigDecimal milliseconds, long times) implements Sample {}

  /** A member of a set was named. */
  record Member(String text) implements Sample {}
}
