package io.busyhour.projection.meters.statsd;

import java.util.Set;

/** What a tag is called as a label (Prometheus data model). */
final class LabelName {
  /** Names that mean something else to Prometheus: a bucket's bound, or the target itself. */
  private static final Set<String> TAKEN = Set.of("job", "instance", "le", "quantile");

  private LabelName() {}

  /** The label of a tag; a name that Prometheus keeps is prefixed as Prometheus itself does. */
  static String of(String tag) {
    String plain = plain(tag);
    if (Character.isDigit(plain.charAt(0))) {
      plain = "_" + plain;
    }
    return TAKEN.contains(plain) || plain.startsWith("__") ? "exported_" + plain : plain;
  }

  /** A text in which everything but ASCII letters, digits and underscores is an underscore. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      if (!isPlain(plain.charAt(i))) {
        plain.setCharAt(i, '_');
      }
    }
    return plain.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
