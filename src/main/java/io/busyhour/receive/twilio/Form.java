package io.busyhour.receive.twilio;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parameters of a form or a query, decoded: each name with its values, as they are signed, each
 * value once and in order.
 */
record Form(SortedMap<String, SortedSet<String>> parameters) {
  static final Form EMPTY = new Form(Collections.emptySortedMap());

  static Form of(Map<String, List<String>> parameters) {
    SortedMap<String, SortedSet<String>> sorted = new TreeMap<>();
    parameters.forEach((name, values) -> sorted.put(name, new TreeSet<>(values)));
    return new Form(sorted);
  }

  /** The parameters of the query of a URL; none where that cannot be read. */
  static Form ofUrl(String url) {
    String whole = url.split("#", 2)[0];
    int query = whole.indexOf('?');
    try {
      return query < 0 ? EMPTY : parse(whole.substring(query + 1).getBytes(StandardCharsets.UTF_8));
    } catch (Refusal e) {
      return EMPTY;
    }
  }

  /**
   * Reads application/x-www-form-urlencoded.
   *
   * @throws Refusal malformed_form or invalid_utf8
   */
  static Form parse(byte[] encoded) {
    SortedMap<String, SortedSet<String>> parameters = new TreeMap<>();
    int start = 0;
    while (start < encoded.length) {
      int end = indexOf('&', encoded, start, encoded.length);
      if (end > start) {
        int equals = indexOf('=', encoded, start, end);
        String name = decode(encoded, start, equals);
        String value = equals < end ? decode(encoded, equals + 1, end) : "";
        parameters.computeIfAbsent(name, n -> new TreeSet<>()).add(value);
      }
      start = end + 1;
    }
    return new Form(parameters);
  }

  private static int indexOf(char c, byte[] bytes, int start, int end) {
    int i = start;
    while (i < end && bytes[i] != c) {
      i++;
    }
    return i;
  }

  private static String decode(byte[] encoded, int start, int end) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      if (encoded[i] == '+') {
        bytes.write(' ');
      } else if (encoded[i] == '%') {
        bytes.write(hex(encoded, i, end));
        i += 2;
      } else {
        bytes.write(encoded[i]);
      }
    }
    byte[] utf8 = bytes.toByteArray();
    Body.requireUtf8(utf8, 0, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static int hex(byte[] encoded, int percent, int end) {
    if (percent + 2 < end) {
      int high = Character.digit(encoded[percent + 1], 16);
      int low = Character.digit(encoded[percent + 2], 16);
      if (high >= 0 && low >= 0) {
        return high * 16 + low;
      }
    }
    throw new Refusal(
        Reason.MALFORMED_FORM,
        "Byte %d is a %% that two hexadecimal digits do not follow.".formatted(percent));
  }

  /** The value of a parameter, or null where it is absent or empty. */
  String get(String name) {
    SortedSet<String> values = parameters.get(name);
    String first = values == null ? "" : values.first();
    return first.isEmpty() ? null : first;
  }

  /** The same with one parameter, and no other value of it. */
  Form with(String name, String value) {
    SortedMap<String, SortedSet<String>> changed = new TreeMap<>(parameters);
    changed.put(name, new TreeSet<>(List.of(value)));
    return new Form(changed);
  }

  /** The same without one parameter. */
  Form without(String name) {
    SortedMap<String, SortedSet<String>> changed = new TreeMap<>(parameters);
    changed.remove(name);
    return new Form(changed);
  }

  /** Tells whether a parameter is there with something in it. */
  boolean has(String name) {
    return get(name) != null;
  }
}
