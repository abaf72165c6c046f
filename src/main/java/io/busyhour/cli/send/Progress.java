package io.busyhour.cli.send;

import io.busyhour.cli.terminal.TimeLeft;
import java.time.Duration;
import java.util.Locale;

/**
 * How far the sending of a file is.
 *
 * @param part how much of the file was read, 0 to 1
 * @param elapsed how long it took so far
 */
public record Progress(
    double part, long accepted, long duplicates, long rejected, Duration elapsed) {
  private static final int BAR = 20;
  private static final double MIN_SECONDS = 0.001;

  static final Progress NONE = new Progress(0, 0, 0, 0, Duration.ZERO);

  /** What became of the events so far. */
  public String counts() {
    return String.format(
        Locale.ROOT, "accepted %,d, duplicates %,d, rejected %,d", accepted, duplicates, rejected);
  }

  /** One line with a bar, the rate and the time left. */
  public String bar() {
    int done = (int) (part * BAR);
    return "[%s%s] %s".formatted("#".repeat(done), "-".repeat(BAR - done), pace());
  }

  /** One line without a bar, for a log. */
  public String line() {
    return pace() + ": " + counts();
  }

  private String pace() {
    double seconds = Math.max(MIN_SECONDS, elapsed.toMillis() / 1_000.0);
    return String.format(
        Locale.ROOT,
        "%3.0f %%, %,.0f events/s%s",
        part * 100,
        (accepted + duplicates + rejected) / seconds,
        TimeLeft.after(part, seconds));
  }
}
