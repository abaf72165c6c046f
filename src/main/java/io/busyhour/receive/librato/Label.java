package io.busyhour.receive.librato;

/** Names out of a log as label values: short, in Librato's alphabet, and without numbers in it. */
final class Label {
  /** The longest name, in characters; a longer one is not cut, as two could become the same. */
  static final int LONGEST = 128;

  /** So many digits are an id or a phone number, whatever stands between them. */
  private static final int DIGITS_OF_AN_ID = 7;

  private static final String ID = "{id}";

  private Label() {}

  /**
   * The label of a name: what Librato does not take in it becomes an underscore, long numbers
   * {@code {id}}. Null if there is no name, or too long a one.
   */
  static String of(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return null;
    }
    StringBuilder label = new StringBuilder(name.length());
    int i = 0;
    while (i < name.length()) {
      int end = endOfNumber(name, i);
      if (end > i) {
        label.append(ID);
        i = end;
      } else {
        char c = name.charAt(i++);
        label.append(isWritten(c) ? c : '_');
      }
    }
    return label.toString();
  }

  /** Where the long number ends that begins here; here if none does. */
  private static int endOfNumber(String name, int from) {
    int digits = 0;
    int end = from;
    boolean inside = isDigit(name.charAt(from));
    for (int i = from; inside && i < name.length(); i++) {
      char c = name.charAt(i);
      if (isDigit(c)) {
        digits++;
        end = i + 1;
      } else {
        inside = !isLetter(c) && i - end < 2;
      }
    }
    return digits >= DIGITS_OF_AN_ID ? end : from;
  }

  /** Whether names are written with it. */
  static boolean isWritten(char c) {
    return isLetter(c) || isDigit(c) || ".:_/-".indexOf(c) >= 0;
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
