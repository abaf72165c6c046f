package io.busyhour.event.field;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phone numbers as those may see them who may not see them whole. */
public final class PhoneNumber {
  private static final int HIDDEN = 4;
  // Seven digits are the shortest subscriber number that anybody can be called by (E.164). Those of
  // one that is hidden already are not hidden again: its four stars follow.
  private static final Pattern NUMBER = Pattern.compile("\\d{7,}+(?!\\*{4})");

  private static final int SHORTEST = 7;
  private static final String SEPARATORS = " .()-";
  private static final int MOST_SEPARATORS = 2;

  private static final Pattern CODED = Pattern.compile("(?i)%2B(\\d[\\d .()-]{5,18}\\d)(?![\\d*])");
  // Ten digits are a number with its area in North America, fifteen the longest (E.164); beside
  // letters they are part of an id, after a point of a fraction.
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<![\\p{Alnum}.])(?:\\d{10,15}"
              + "|(?:1[-. ])?\\(?\\d{3}\\)?[-. ]\\d{3}[-. ]\\d{4})(?!\\p{Alnum})");

  private PhoneNumber() {}

  /**
   * Hides what is a phone number for certain in a text that is no address, such as the name of a
   * campaign: such texts become labels.
   */
  public static String maskInternational(String text) {
    int plus = text.indexOf('+');
    if (plus < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text);
    while (plus >= 0) {
      plus = text.indexOf('+', hideNumber(shown, plus + 1));
    }
    return shown.toString();
  }

  /**
   * Hides the number that begins here, if there is one: with its plus (E.164) it is one for
   * certain, while digits alone may be an account. One that is hidden already stays as it is.
   *
   * @return where it ends
   */
  private static int hideNumber(StringBuilder text, int from) {
    int digits = 0;
    int end = from;
    for (int i = from; i < text.length() && i - end <= MOST_SEPARATORS; i++) {
      if (Character.isDigit(text.charAt(i))) {
        digits++;
        end = i + 1;
      } else if (digits == 0 || SEPARATORS.indexOf(text.charAt(i)) < 0) {
        break;
      }
    }
    if (digits >= SHORTEST && !isHiddenFrom(text, end)) {
      text.replace(from, end, hide(text.substring(from, end)));
    }
    return end;
  }

  private static boolean isHiddenFrom(StringBuilder text, int end) {
    int next = end;
    while (next < text.length() && SEPARATORS.indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    return next < text.length() && text.charAt(next) == '*';
  }

  /**
   * Hides every number in a line that is for people, such as one of a log: what has a plus before
   * it, written {@code %2B} too, and what has as many digits as a number with its country has. A
   * number that is none, such as a time in milliseconds, may be hidden with them.
   */
  public static String maskLine(String line) {
    String coded = CODED.matcher(line).replaceAll(found -> "%2B" + hide(found.group(1)));
    String whole =
        WHOLE.matcher(coded).replaceAll(found -> Matcher.quoteReplacement(hide(found.group())));
    return maskInternational(whole);
  }

  /** Hides the last four digits of every number in an address: {@code +1303555****}. */
  public static String mask(String address) {
    return address == null
        ? null
        : NUMBER.matcher(address).replaceAll(found -> hide(found.group()));
  }

  private static String hide(String number) {
    StringBuilder hidden = new StringBuilder(number);
    int left = HIDDEN;
    for (int i = hidden.length() - 1; left > 0; i--) {
      if (Character.isDigit(hidden.charAt(i))) {
        hidden.setCharAt(i, '*');
        left--;
      }
    }
    return hidden.toString();
  }
}
