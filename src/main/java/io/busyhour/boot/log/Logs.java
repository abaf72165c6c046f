package io.busyhour.boot.log;

import io.busyhour.boot.settings.LogFormat;
import io.busyhour.boot.settings.LogLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets up java.util.logging, which everything in the process logs through. */
public final class Logs {
  // A logger that nobody holds is forgotten, and its level with it.
  private static final Map<String, Logger> LEVELLED = new ConcurrentHashMap<>();

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

  /**
   * Has loggers write from some level on, whatever the set-up says.
   *
   * @param levels by the logger's name; the empty name is that of all
   */
  public static void levels(Map<String, LogLevel> levels) {
    levels.forEach(
        (name, level) -> {
          Logger logger = Logger.getLogger(name);
          logger.setLevel(level.level());
          LEVELLED.put(name, logger);
        });
  }

  /** Writes lines for people or for machines from now on. */
  public static void format(LogFormat format) {
    Lines.as(format);
  }
}
