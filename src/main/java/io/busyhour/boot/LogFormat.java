package io.busyhour.boot;

/** How log lines are written. */
enum LogFormat {
  /** For people: one line each. */
  TEXT,
  /** For machines: one JSON object a line. */
  JSON
}
