package io.busyhour.receive.statsd;

import io.busyhour.event.StatsdEvent;
import io.busyhour.event.field.PhoneNumber;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;

/**
 * A metric's name without the tags that stand in it: those of SignalFX in brackets, {@code
 * name[k=v]}, of Librato behind a hash, {@code name#k=v}, or of InfluxDB behind a comma, {@code
 * name,k=v}.
 */
final class TaggedName {
  private TaggedName() {}

  /** The name; its tags are added to those. */
  static String read(String text, Tags tags) {
    int open = text.indexOf('[');
    int close = text.indexOf(']', open + 1);
    String name = text;
    if (open >= 0 && close >= 0) {
      tags.add(text.substring(open + 1, close), '=');
      name = text.substring(0, open) + text.substring(close + 1);
      if (behind(name) < name.length() && !tags.isEmpty()) {
        throw mixed();
      }
    } else if (open < 0 && close < 0) {
      int end = behind(text);
      tags.add(text.substring(Math.min(end + 1, text.length())), '=');
      name = text.substring(0, end);
    }
    return checked(PhoneNumber.maskInternational(name));
  }

  /** Where the name ends. */
  private static int behind(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '#' || text.charAt(i) == ',') {
        return i;
      }
    }
    return text.length();
  }

  static Refusal mixed() {
    return new Refusal(
        Reason.MALFORMED_LINE, "The line has tags in two styles (expected: one of them).");
  }

  private static String checked(String name) {
    if (name.isEmpty() || name.indexOf('|') >= 0) {
      throw new Refusal(Reason.MALFORMED_LINE, "The line has no name (expected: name:value|type).");
    }
    if (name.length() > StatsdEvent.LONGEST) {
      throw new Refusal(
          Reason.TOO_LARGE,
          "The name of a metric has more than %d characters.".formatted(StatsdEvent.LONGEST));
    }
    return name;
  }
}
