package io.busyhour.projection.meters.platform;

import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What a request was for, as labels have it: of few values, whatever the sender writes. A path
 * becomes a route template: what looks like somebody's id or number in it becomes {@code {id}}.
 *
 * @param endpoint such as {@code /v2/calls/{id}}; at most 128 characters
 * @param method upper case, or {@code OTHER}
 */
record Route(String endpoint, String method) {
  private static final String ID = "{id}";
  private static final String REST = "/*";
  private static final int MOST_CHARACTERS = 128;

  /** RFC 9110 section 9 and RFC 5789. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private static final Pattern ORIGIN = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*");

  /** A version at the beginning, such as Twilio's 2010-04-01 or 1.1: not a number of somebody's. */
  private static final Pattern VERSION =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}|\\d{1,2}\\.\\d{1,2}");

  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  // A national number without its area has 7 digits, however it is punctuated.
  private static final int DIGITS_OF_A_NUMBER = 7;
  private static final int HEX_OF_AN_ID = 12;
  private static final int LENGTH_OF_A_TOKEN = 24;
  private static final int LENGTH_OF_NO_WORD = 40;
  // Words have a digit at one end (oauth2, 10dlc); ids have them all over.
  private static final int TURNS_OF_AN_ID = 4;
  private static final int LENGTH_WITH_TURNS = 8;

  static Route of(String endpoint, String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    return new Route(template(endpoint), METHODS.contains(upper) ? upper : "OTHER");
  }

  private static String template(String endpoint) {
    String path = beforeAny(ORIGIN.matcher(endpoint).replaceFirst(""), "?#");
    StringJoiner template = new StringJoiner("/", "/", "");
    boolean first = true;
    for (String segment : path.split("/", -1)) {
      String word = beforeAny(segment, ";");
      if (!word.isEmpty()) {
        boolean version = first && VERSION.matcher(word).matches();
        template.add(version || !isId(word) ? word : ID);
        first = false;
      }
    }
    return shortened(template.toString());
  }

  private static String beforeAny(String text, String ends) {
    for (int i = 0; i < text.length(); i++) {
      if (ends.indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  private static String shortened(String template) {
    if (template.length() <= MOST_CHARACTERS) {
      return template;
    }
    int end = template.lastIndexOf('/', MOST_CHARACTERS - REST.length());
    return template.substring(0, end) + REST;
  }

  /** Whether a part of a path names one thing of many, or may. */
  private static boolean isId(String word) {
    int digits = 0;
    int letters = 0;
    int turns = 0;
    boolean hex = true;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!digit && !letter && "-_.~{}:<>*$".indexOf(c) < 0) {
        // No route is spelled with it, but a number (+, %2B), an address (@) or a name is.
        return true;
      }
      digits += digit ? 1 : 0;
      letters += letter ? 1 : 0;
      turns += i > 0 && isTurn(word.charAt(i - 1), c) ? 1 : 0;
      hex &= Character.digit(c, 16) >= 0;
    }
    int length = word.length();
    return (digits > 0 && letters == 0)
        || digits >= DIGITS_OF_A_NUMBER
        || (hex && length >= HEX_OF_AN_ID)
        || (digits > 0 && length >= LENGTH_OF_A_TOKEN)
        || length >= LENGTH_OF_NO_WORD
        || (turns >= TURNS_OF_AN_ID && length >= LENGTH_WITH_TURNS)
        || UUID.matcher(word).matches();
  }

  /** Whether a letter follows a digit, or a digit a letter. */
  private static boolean isTurn(char before, char after) {
    return (Character.isDigit(before) && Character.isLetter(after))
        || (Character.isLetter(before) && Character.isDigit(after));
  }
}
