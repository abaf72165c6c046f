package io.busyhour.receive.rtpengine;

import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.JsonReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An object of a reply of RTPEngine's ng protocol; what is absent or of another type is unknown.
 */
record Reply(Map<?, ?> fields) {
  private static final int MAX_COOKIE = 256;
  private static final int MAX_DIGITS = 20;
  private static final Reply EMPTY = new Reply(Map.of());

  /**
   * Reads a body: a JSON object, as it is or after the cookie that the ng protocol repeats.
   *
   * @throws Refusal where it is none
   */
  static Reply read(byte[] body, int maxBytes) {
    int at = 0;
    while (at < Math.min(body.length, MAX_COOKIE) && body[at] > ' ' && body[at] != '{') {
      at++;
    }
    boolean hasCookie = at + 1 < body.length && body[at] == ' ' && body[at + 1] == '{';
    int from = hasCookie ? at + 1 : 0;
    return new Reply(JsonReader.object(body, from, body.length - from, maxBytes));
  }

  /** Whether there is such a field, of whatever type. */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** An object within; an empty one if there is none. */
  Reply part(String name) {
    return fields.get(name) instanceof Map<?, ?> part ? new Reply(part) : EMPTY;
  }

  /** All objects that are values of this one. */
  Stream<Reply> parts() {
    return fields.values().stream()
        .filter(Map.class::isInstance)
        .map(v -> new Reply((Map<?, ?>) v));
  }

  /** The objects of a list. */
  Stream<Reply> list(String name) {
    return fields.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(v -> new Reply((Map<?, ?>) v))
        : Stream.empty();
  }

  /** A text; null if unknown. */
  String text(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  /** A number, or a text that is one; null if unknown. */
  Double number(String name) {
    Object value = fields.get(name);
    if (value instanceof Number number) {
      return finite(number.doubleValue());
    }
    try {
      return value instanceof String text && text.length() <= MAX_DIGITS
          ? finite(new BigDecimal(text).doubleValue())
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** The first of these that is a known number; else null. */
  Double first(String... names) {
    return Stream.of(names).map(this::number).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /**
   * Checks that RTPEngine did what it was asked.
   *
   * @throws Refusal invalid_value with RTPEngine's own reason
   */
  void requireNoError() {
    if ("error".equals(text("result"))) {
      String why = text("error-reason");
      throw new Refusal(
          Reason.INVALID_VALUE,
          "RTPEngine answered with an error: %s".formatted(Quoted.of(why == null ? "" : why)));
    }
  }
}
