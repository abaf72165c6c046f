package io.busyhour.receive.livekit;

import io.busyhour.event.field.Field;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * One object of a webhook's JSON, as protojson writes it: zero values are left out, 64-bit integers
 * are texts. What is absent, empty or zero is null.
 *
 * @param name what it is called, for messages
 */
record Said(String name, Map<?, ?> fields) {
  private static final int LONGEST_KEPT = 256;

  /** The object of that name; an empty one where there is none. */
  Said object(String field) {
    return switch (fields.get(field)) {
      case null -> new Said(field, Map.of());
      case Map<?, ?> map -> new Said(field, map);
      default -> throw wrong(field, "an object");
    };
  }

  /** A text. */
  String text(String field) {
    return switch (fields.get(field)) {
      case null -> null;
      case String text -> text.isEmpty() ? null : text;
      default -> throw wrong(field, "a text");
    };
  }

  /**
   * A text that can be kept, else null: what a caller's telephone or somebody else made up is no
   * reason to refuse the rest.
   */
  String kept(String field) {
    String text = text(field);
    return text == null || text.length() > LONGEST_KEPT || !Field.isPlain(text) ? null : text;
  }

  /** One of the words of an enumeration; LiveKit may invent new ones. Never null. */
  String word(String field) {
    Object value = fields.get(field);
    return value == null ? "" : value.toString();
  }

  /** Whether something is true. */
  boolean is(String field) {
    return Boolean.TRUE.equals(fields.get(field));
  }

  /** A time in seconds since 1970. */
  Instant seconds(String field, Instant receipt) {
    String number = integer(field);
    return number == null ? null : EventTime.parseUnix(path(field), number, receipt);
  }

  /** A time in milliseconds since 1970. */
  Instant millis(String field, Instant receipt) {
    String number = integer(field);
    if (number == null) {
      return null;
    }
    String seconds = new BigDecimal(number).movePointLeft(3).toPlainString();
    return EventTime.parseUnix(path(field), seconds, receipt);
  }

  private String integer(String field) {
    Object value = fields.get(field);
    String text = value instanceof Number || value instanceof String ? value.toString() : "";
    if (value == null || text.equals("0")) {
      return null;
    }
    if (!text.matches("[0-9]{1,20}")) {
      throw new Refusal(
          Reason.INVALID_TIME,
          "%s: %s (expected: a whole number since 1970)".formatted(path(field), Quoted.of(text)));
    }
    return text;
  }

  private Refusal wrong(String field, String expected) {
    return new Refusal(
        Reason.WRONG_TYPE, "%s is of another type (expected: %s)".formatted(path(field), expected));
  }

  private String path(String field) {
    return name.isEmpty() ? field : name + "." + field;
  }
}
