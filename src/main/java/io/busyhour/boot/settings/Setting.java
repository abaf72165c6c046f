package io.busyhour.boot.settings;

import java.util.function.Function;

/**
 * One setting.
 *
 * @param key the property, such as {@code busyhour.calls.settle}
 * @param standard what holds where nothing is set, or null if it is off then
 * @param secret whether the value must never be shown; it may be given as {@code <key>-file} too
 * @param expected what a value looks like, for people
 * @param reader what reads a value; an exception means that it is not as expected
 */
public record Setting<T>(
    String key, String standard, boolean secret, String expected, Function<String, T> reader) {

  /** The environment variable of the setting, by the rules of MicroProfile Config. */
  String variable() {
    return variable(key);
  }

  static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
  }
}
