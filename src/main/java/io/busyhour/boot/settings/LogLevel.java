package io.busyhour.boot.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;

/** From what on something is written to the log. */
public enum LogLevel {
  /** Nothing is. */
  OFF(Level.OFF),
  /** What failed and needs somebody. */
  ERROR(Level.SEVERE),
  /** What may need somebody. */
  WARNING(Level.WARNING),
  /** What an operator wants to know. */
  INFO(Level.INFO),
  /** What explains the rest. */
  DEBUG(Level.FINE),
  /** Each step. */
  TRACE(Level.FINER),
  /** All that there is. */
  ALL(Level.ALL);

  private final Level level;

  LogLevel(Level level) {
    this.level = level;
  }

  /** The level by its name in java.util.logging. */
  public Level level() {
    return level;
  }

  static LogLevel parse(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Reads {@code logger=level}, with commas between several. */
  static Map<String, LogLevel> parseEach(String text) {
    Map<String, LogLevel> levels = new LinkedHashMap<>();
    for (String part : Values.list(text)) {
      String[] sides = part.split("=", -1);
      if (sides.length != 2 || sides[0].isBlank()) {
        throw new IllegalArgumentException(part);
      }
      levels.put(sides[0].strip(), parse(sides[1].strip()));
    }
    return levels;
  }
}
