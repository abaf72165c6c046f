package io.busyhour.event.field;

/** Quotes what a sender wrote, of any length and content, so that it is safe to send back. */
public final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  /** The text in quotes, cut where it is long, without control characters. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().limit(LONGEST).forEach(c -> out.appendCodePoint(isSafe(c) ? c : '\uFFFD'));
    return out.append(text.length() > LONGEST ? "...\"" : "\"").toString();
  }

  private static boolean isSafe(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
