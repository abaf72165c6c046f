package io.busyhour.cli.export;

import io.busyhour.cli.terminal.TimeLeft;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a copy is.
 *
 * @param part of the time that it is of, 0 to 1
 * @param calls that were copied
 * @param elapsed how long that took
 */
record CopyProgress(double part, long calls, Duration elapsed) {
  private static final int BAR = 20;
  private static final double MIN_SECONDS = 0.001;

  /** One line with a bar, the rate and the time left. */
  String bar() {
    int done = (int) (part * BAR);
    return "[%s%s] %s".formatted("#".repeat(done), "-".repeat(BAR - done), line());
  }

  /** One line without a bar, for a log. */
  String line() {
    double seconds = Math.max(MIN_SECONDS, elapsed.toMillis() / 1e3);
    return String.format(
        Locale.ROOT,
        "%3.0f %%, %,d calls, %,.0f a second%s",
        part * 100,
        calls,
        calls / seconds,
        TimeLeft.after(part, seconds));
  }
}
