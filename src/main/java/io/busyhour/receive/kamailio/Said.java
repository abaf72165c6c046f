package io.busyhour.receive.kamailio;

import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventTime;
import io.busyhour.receive.Receiver;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one record says, whoever wrote it: the same fact goes by several names, and numbers are
 * numbers or texts.
 *
 * @param fields as they were written
 * @param receipt when it was received
 */
record Said(Map<String, Object> fields, Instant receipt) {
  /** What stands where there is nothing to say, or nothing that can be written. */
  private static final Set<String> NOTHING = Set.of("", "<null>", "NON-UTF8", "INVALID_JSON");

  private static final Pattern UNIX = Pattern.compile("([0-9]+(?:\\.[0-9]{0,9})?)[0-9]*");
  private static final Pattern MICROS = Pattern.compile("[0-9]{1,6}");
  private static final int MAX_DIGITS = 20;

  /** The first of these that is there, as text; else null. */
  String text(String... names) {
    for (String name : names) {
      String text = plain(fields.get(name));
      if (text != null && !NOTHING.contains(text)) {
        return text;
      }
    }
    return null;
  }

  private static String plain(Object value) {
    return switch (value) {
      case String text -> text.strip();
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case null, default -> null;
    };
  }

  /** As {@link #text}, for what is not worth losing the call: absent where it cannot be stored. */
  String storable(String... names) {
    String text = text(names);
    return text == null || Receiver.isKeyPart(text) ? text : null;
  }

  /** The first of these, one of which must be there. */
  String need(String... names) {
    String text = text(names);
    if (text == null) {
      throw new Refusal(Reason.MISSING_FIELD, "This record needs " + names[0] + ".");
    }
    return text;
  }

  /** The call's id, which must be there. */
  String callId() {
    return need("callid", "call_id", "sip_callid");
  }

  /** A SIP response code; null if absent. */
  Integer code() {
    String code = text("sip_code", "code", "sip_response_code");
    if (code == null) {
      return null;
    }
    if (code.matches("[1-6][0-9]{2}")) {
      return Integer.valueOf(code);
    }
    throw new Refusal(
        Reason.INVALID_VALUE, "sip_code: %s (expected: 100 to 699)".formatted(Quoted.of(code)));
  }

  /** A number, for a field of an event; null if absent. */
  BigDecimal number(String... names) {
    String text = text(names);
    if (text == null) {
      return null;
    }
    try {
      if (text.length() <= MAX_DIGITS) {
        return new BigDecimal(text);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal(
        Reason.INVALID_VALUE, "%s: %s (expected: a number)".formatted(names[0], Quoted.of(text)));
  }

  /** A time that must be there. */
  Instant needTime(String... names) {
    return time(names[0], need(names));
  }

  /** A time; null if absent, or 0. */
  Instant time(String... names) {
    String text = text(names);
    return text == null || text.equals("0") ? null : time(names[0], text);
  }

  private Instant time(String name, String text) {
    Matcher unix = UNIX.matcher(text);
    if (unix.matches()) {
      // What is finer than a nanosecond comes of writing a binary number in full.
      return EventTime.parseUnix(name, unix.group(1), receipt);
    }
    if (text.length() > 10 && text.charAt(10) == 'T') {
      return EventTime.parse(name, text, receipt);
    }
    throw new Refusal(
        Reason.INVALID_TIME,
        "%s: %s (expected: seconds since 1970 or an RFC 3339 time; Kamailio's acc writes seconds in"
                .formatted(name, Quoted.of(text))
            + " time_mode 0, 1 and 2)");
  }

  /**
   * When a transaction was answered. Where the fraction of the second is beside the time or in an
   * attribute of its own depends on acc's time_mode.
   */
  Instant accTime() {
    String attribute = text("time_attr");
    boolean isUnix = attribute != null && UNIX.matcher(attribute).matches();
    String seconds = isUnix ? attribute : need("time", "timestamp");
    String micros = text("time_exten");
    Instant time = time("time", seconds);
    return micros == null || seconds.indexOf('.') >= 0 || !MICROS.matcher(micros).matches()
        ? time
        : time.plusNanos(1000L * Long.parseLong(micros));
  }
}
