package io.busyhour.boot.log;

import io.busyhour.boot.settings.LogFormat;
import io.busyhour.event.field.PhoneNumber;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Writes log records as the setting says. It is named in the set-up of the log and not put into the
 * handlers, so that whoever brings a set-up of their own can name it there too. No line shows a
 * phone number whole, whoever wrote it.
 */
public final class Lines extends Formatter {
  private static volatile LogFormat format = LogFormat.TEXT;

  private final Formatter text = new SimpleFormatter();
  private final Formatter json = new JsonLines();

  static void as(LogFormat wanted) {
    format = wanted;
  }

  @Override
  public String format(LogRecord log) {
    return format == LogFormat.JSON ? json.format(log) : PhoneNumber.maskLine(text.format(log));
  }
}
