package io.busyhour.receive.twilio;

import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import io.busyhour.receive.Receiver;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The data of an event that is being made of a callback's parameters; what is absent is left out.
 */
final class Facts {
  private static final int LONGEST_NUMBER = 20;

  private final Form form;
  private final EventData data = new EventData();

  /** Facts from the parameters of one callback. */
  Facts(Form form) {
    this.form = form;
  }

  /** States a fact, unless it is null. */
  Facts put(String field, Object value) {
    data.put(field, value);
    return this;
  }

  /** States a fact as a parameter has it. */
  Facts text(String field, String parameter) {
    return put(field, form.get(parameter));
  }

  /** States a number, which Twilio writes as text. */
  Facts number(String field, String parameter) {
    String value = form.get(parameter);
    if (value == null) {
      return this;
    }
    try {
      if (value.length() <= LONGEST_NUMBER) {
        return put(field, new BigDecimal(value));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal(
        Reason.INVALID_VALUE, "%s: %s (expected: a number)".formatted(parameter, Quoted.of(value)));
  }

  /** The event of these facts, checked like any sender's. */
  Occurrence happened(EventType type, Instant time) {
    return data.happened(type, time);
  }

  /** A parameter that must be there. */
  static String need(Form form, String parameter) {
    String value = form.get(parameter);
    if (value == null) {
      throw new Refusal(Reason.MISSING_FIELD, "A callback of this kind needs " + parameter + ".");
    }
    return value;
  }

  /** Part of what identifies a callback; ids and words of Twilio are short. */
  static String keyPart(Form form, String parameter) {
    String value = form.get(parameter);
    if (value != null && (value.length() > 80 || !Receiver.isKeyPart(value))) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "%s: %s (expected: at most 80 characters without control characters)"
              .formatted(parameter, Quoted.of(value)));
    }
    return value == null ? "" : value;
  }
}
