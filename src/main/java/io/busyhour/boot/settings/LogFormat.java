package io.busyhour.boot.settings;

/** How log lines are written. */
public enum LogFormat {
  /** For people: one line each. */
  TEXT,
  /** For machines: one JSON object a line. */
  JSON
}
