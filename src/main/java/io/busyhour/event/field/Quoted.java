package io.busyhour.event.field;

/** Quotes what a sender wrote, of any length and content, so that it is safe to send back. */
public final class Quoted {
  private static final int LONGEST = 60;
  // A number that the end cuts through has to be seen whole to be hidden.
  private static final int LOOKED_AT = 2 * LONGEST + 40;

  private Quoted() {}

  /** The text in quotes, cut where it is long, without control characters and phone numbers. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("\"");
    String shown = PhoneNumber.maskLine(text.substring(0, Math.min(text.length(), LOOKED_AT)));
    shown.codePoints().limit(LONGEST).forEach(c -> out.appendCodePoint(isSafe(c) ? c : '\uFFFD'));
    return out.append(text.length() > LONGEST ? "...\"" : "\"").toString();
  }

  private static boolean isSafe(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE;
  }
}
