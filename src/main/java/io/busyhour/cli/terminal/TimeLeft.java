package io.busyhour.cli.terminal;

import java.util.Locale;

/** How long something still takes that goes on at the pace that it had. */
public final class TimeLeft {
  private TimeLeft() {}

  /**
   * What a line that tells the progress ends with.
   *
   * @param part how much is done, 0 to 1
   * @param seconds how long that took
   * @return such as {@code , 0:05 left}; nothing as long as nothing is done, since it is not known
   */
  public static String after(double part, double seconds) {
    if (part <= 0) {
      return "";
    }
    long left = Math.round(seconds * (1 - part) / part);
    return String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60);
  }
}
