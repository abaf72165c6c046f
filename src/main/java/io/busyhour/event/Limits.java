package io.busyhour.event;

/** The widest values that are believed; what lies outside is a sender's mistake. */
final class Limits {
  /** A day in milliseconds: no delay on a phone network is longer. */
  static final long DAY_MS = 86_400_000;

  /** 31 days in seconds: no call is longer. */
  static final long MONTH_SECONDS = 2_678_400;

  /** A billion of any money. */
  static final long MONEY = 1_000_000_000;

  /** More than an account uses of anything: a petabyte in bytes. */
  static final long USAGE = 1_000_000_000_000_000L;

  /** More of anything countable than one event can speak of. */
  static final int MANY = 1_000_000_000;

  private Limits() {}
}
