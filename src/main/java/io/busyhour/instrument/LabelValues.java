package io.busyhour.instrument;

import java.util.Arrays;
import java.util.List;

/** The label values of one series, in the order of the family's label names; null is empty. */
final class LabelValues {
  private static final char REPLACEMENT = '\uFFFD';

  private final String[] values;
  private final int hash;

  /** Looks up only: the array stays the caller's. */
  LabelValues(String... values) {
    this.values = values;
    int sum = 1;
    for (String value : values) {
      sum = 31 * sum + (value == null ? 0 : value.hashCode());
    }
    this.hash = sum;
  }

  /** The same values to keep: a copy, of which every character can be written and stored. */
  LabelValues kept() {
    String[] copy = new String[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i] == null ? "" : writable(values[i]);
    }
    return new LabelValues(copy);
  }

  int size() {
    return values.length;
  }

  String[] array() {
    return values;
  }

  List<String> list() {
    return List.of(values);
  }

  /**
   * Half a surrogate pair has no UTF-8 and two such values would come out as the same series; NUL
   * cannot be stored by PostgreSQL.
   */
  private static String writable(String value) {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return replaced(value);
      }
    }
    return value;
  }

  private static String replaced(String value) {
    StringBuilder text = new StringBuilder(value.length());
    value
        .codePoints()
        .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? REPLACEMENT : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof LabelValues that)
        || hash != that.hash
        || values.length != that.values.length) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (!orEmpty(values[i]).equals(orEmpty(that.values[i]))) {
        return false;
      }
    }
    return true;
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
