package io.busyhour.receive.statsd;

import io.busyhour.event.StatsdEvent;
import io.busyhour.event.field.PhoneNumber;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.util.HashMap;
import java.util.Map;

/**
 * The tags of one line. A tag without a name or a value is dropped; of two with the same name the
 * last one stands.
 */
final class Tags {
  private final Map<String, String> values = new HashMap<>(8);

  /** Reads tags with commas between them, each a name and a value with this separator between. */
  void add(String text, char separator) {
    int begin = 0;
    while (begin < text.length()) {
      int end = text.indexOf(',', begin);
      end = end < 0 ? text.length() : end;
      addOne(text, begin, end, separator);
      begin = end + 1;
    }
  }

  private void addOne(String text, int begin, int end, char separator) {
    // Datadog's library for PHP writes the hash before every tag.
    int from = separator == ':' && begin < end && text.charAt(begin) == '#' ? begin + 1 : begin;
    int at = text.indexOf(separator, from);
    if (at <= from || at >= end - 1) {
      return;
    }
    if (at - from > StatsdEvent.LONGEST) {
      throw new Refusal(
          Reason.TOO_LARGE,
          "The name of a tag has more than %d characters.".formatted(StatsdEvent.LONGEST));
    }
    values.put(
        PhoneNumber.maskInternational(text.substring(from, at)),
        cut(PhoneNumber.maskInternational(text.substring(at + 1, end))));
    if (values.size() > StatsdEvent.MOST_TAGS) {
      throw new Refusal(
          Reason.TOO_LARGE, "A line has more than %d tags.".formatted(StatsdEvent.MOST_TAGS));
    }
  }

  /** A long value is cut, not in the middle of a character. */
  private static String cut(String value) {
    if (value.length() <= StatsdEvent.LONGEST) {
      return value;
    }
    boolean splits = Character.isHighSurrogate(value.charAt(StatsdEvent.LONGEST - 1));
    return value.substring(0, StatsdEvent.LONGEST - (splits ? 1 : 0));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  Map<String, String> all() {
    return values;
  }
}
