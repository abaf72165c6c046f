package io.busyhour.boot.log;

import io.busyhour.boot.settings.LogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** Sets up java.util.logging, which everything in the process logs through. */
public final class Logs {
  private Logs() {}

  /** Levels and one line a record, from a file of a name that no other application looks for. */
  public static void standard() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return; // whoever starts the server brings a set-up of their own
    }
    try (InputStream in = Logs.class.getResourceAsStream("/logging-of-busyhour.properties")) {
      LogManager.getLogManager().readConfiguration(in);
    } catch (IOException e) {
      throw new UncheckedIOException("logging-of-busyhour.properties cannot be read", e);
    }
  }

  /** Writes lines for people or for machines from now on. */
  public static void format(LogFormat format) {
    Lines.as(format);
  }
}
