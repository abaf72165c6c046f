package io.busyhour.receive.cloudevents;

import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventTime;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Receiver;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Reads one CloudEvent from its attributes, those of the structured form. */
final class CloudEvent {
  /** Whom a refused event is counted for if it does not say. */
  static final String UNKNOWN_SOURCE = "events";

  private final Map<String, Object> attributes;

  CloudEvent(Map<String, Object> attributes) {
    this.attributes = attributes;
  }

  /** The source if it can be read: whom a refusal is counted for. */
  String source() {
    return attributes.get("source") instanceof String source && Receiver.isKeyPart(source)
        ? source
        : UNKNOWN_SOURCE;
  }

  /**
   * Checks everything about the event.
   *
   * @param receipt when it was received: when it happened, if it does not say
   */
  Delivery delivery(Instant receipt) {
    String version = need("specversion");
    if (!version.equals("1.0")) {
      throw invalid("specversion", version, "1.0");
    }
    EventKey key = new EventKey(keyPart("source"), keyPart("id"));
    String name = need("type");
    EventType type = EventType.named(name);
    if (type == null || !type.isPublic()) {
      throw new Refusal(
          Reason.UNKNOWN_TYPE,
          "type: %s (expected: a type that GET /openapi lists)".formatted(Quoted.of(name)));
    }
    String time = maybe("time");
    Instant happened = time == null ? receipt : EventTime.parse("time", time, receipt);
    Map<String, Object> data = data(name);
    Event event = Receiver.checked(type::read, data);
    return Delivery.of(key, new Occurrence(happened, event, data));
  }

  private String need(String name) {
    String value = maybe(name);
    if (value == null) {
      throw new Refusal(Reason.MISSING_FIELD, "An event needs " + name + " (CloudEvents 1.0).");
    }
    return value;
  }

  private String maybe(String name) {
    Object value = attributes.get(name);
    if (value != null && !(value instanceof String)) {
      throw new Refusal(
          Reason.WRONG_TYPE,
          "%s: %s (expected: a text)".formatted(name, Quoted.of(String.valueOf(value))));
    }
    return (String) value;
  }

  private String keyPart(String name) {
    String value = need(name);
    if (!Receiver.isKeyPart(value)) {
      throw invalid(
          name, value, "1 to " + EventKey.MAX_LENGTH + " characters without control characters");
    }
    return value;
  }

  private static Refusal invalid(String name, String value, String expected) {
    return new Refusal(
        Reason.INVALID_VALUE, "%s: %s (expected: %s)".formatted(name, Quoted.of(value), expected));
  }

  private Map<String, Object> data(String type) {
    Object data = attributes.get("data");
    String base64 = maybe("data_base64");
    if (data != null && base64 != null) {
      throw invalid("data_base64", base64, "either data or data_base64");
    }
    if (base64 != null) {
      return decoded(base64);
    }
    if (data == null) {
      throw new Refusal(Reason.MISSING_FIELD, type + " needs data");
    }
    if (!(data instanceof Map<?, ?>)) {
      throw new Refusal(Reason.WRONG_TYPE, type + ": data is a JSON object; this is none.");
    }
    @SuppressWarnings("unchecked") // The reader makes no other maps.
    Map<String, Object> object = (Map<String, Object>) data;
    return object;
  }

  private static Map<String, Object> decoded(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw invalid("data_base64", base64, "Base64 (RFC 4648, 4)");
    }
    return JsonReader.object(bytes, 0, bytes.length, bytes.length);
  }
}
