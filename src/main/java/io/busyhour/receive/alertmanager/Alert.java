package io.busyhour.receive.alertmanager;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventType;
import io.busyhour.event.field.Fields;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import io.busyhour.receive.EventTime;
import io.busyhour.receive.Fingerprint;
import io.busyhour.receive.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One alert of a notification. Alertmanager repeats it as long as it fires: what it says is the
 * same then, and so is the id that is made of it.
 *
 * @param fields the alert as it was sent
 * @param receiver the name that Alertmanager's configuration gives the receiver, or null
 */
record Alert(Map<String, ?> fields, String receiver) {
  static final String SOURCE = "alertmanager";

  private static final int MOST_LABELS = 256;
  private static final int LONGEST = 65_536;
  private static final int DERIVED = 32;

  /** How Go writes a time that is not known. */
  private static final String UNKNOWN = "0001-01-01T00:00:00Z";

  /**
   * What it stands for.
   *
   * @throws Refusal where a field of it is not as it should be
   */
  Delivery delivery(Instant receipt) {
    return Receiver.checked(f -> delivery(f, receipt), new Fields("alert", fields));
  }

  private Delivery delivery(Fields f, Instant receipt) {
    String status = f.need("status").id();
    EventType type = type(status);
    Map<String, String> labels = texts("labels");
    String fingerprint = fingerprint(f, labels);
    Instant start = time("startsAt", f.need("startsAt").id(), receipt);
    if (start == null) {
      throw new Refusal(Reason.MISSING_FIELD, "alert needs startsAt");
    }
    String endsAt = f.maybe("endsAt").address();
    Instant end = type == EventType.ALERT_RESOLVED ? time("endsAt", endsAt, receipt) : null;
    EventData data =
        new EventData()
            .put("fingerprint", fingerprint)
            .put("alertname", given(labels, "alertname"))
            .put("severity", given(labels, "severity"))
            .put("account", given(labels, "account"))
            .put("trunk", given(labels, "trunk"))
            .put("labels", labels)
            .put("annotations", texts("annotations"))
            .put("starts_at", start.toString())
            .put("ends_at", end == null ? null : end.toString())
            .put("generator_url", GeneratorUrl.shown(fields.get("generatorURL")))
            .put("receiver", receiver);
    return Delivery.of(
        Fingerprint.key(SOURCE, String.join(" ", fingerprint, status, start.toString())),
        data.happened(type, happened(type, start, end, receipt)));
  }

  private static Instant happened(EventType type, Instant start, Instant end, Instant receipt) {
    if (type == EventType.ALERT_FIRING) {
      return start;
    }
    return end == null ? receipt : end;
  }

  private static EventType type(String status) {
    return switch (status) {
      case "firing" -> EventType.ALERT_FIRING;
      case "resolved" -> EventType.ALERT_RESOLVED;
      default ->
          throw new Refusal(
              Reason.UNKNOWN_TYPE,
              "alert: status: %s (expected: firing or resolved)".formatted(Quoted.of(status)));
    };
  }

  /** Null if it is not known. */
  private static Instant time(String name, String text, Instant receipt) {
    return text == null || text.equals(UNKNOWN) ? null : EventTime.parse(name, text, receipt);
  }

  private static String given(Map<String, String> labels, String name) {
    String value = labels.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Alertmanager's own, or what is the same for the same labels. */
  private static String fingerprint(Fields f, Map<String, String> labels) {
    String given = f.maybe("fingerprint").address();
    if (given != null) {
      return f.need("fingerprint").id();
    }
    if (labels.isEmpty()) {
      throw new Refusal(Reason.MISSING_FIELD, "alert needs fingerprint, or labels");
    }
    StringBuilder all = new StringBuilder();
    labels.forEach((name, value) -> all.append(name).append('\0').append(value).append('\0'));
    return Fingerprint.of(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DERIVED);
  }

  /** In the order of their names. */
  private Map<String, String> texts(String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(Reason.WRONG_TYPE, name, value, "texts by name");
    }
    if (map.size() > MOST_LABELS) {
      throw wrong(Reason.INVALID_VALUE, name, map.size(), "at most " + MOST_LABELS);
    }
    Map<String, String> texts = new TreeMap<>();
    map.forEach((key, text) -> texts.put(key.toString(), text(name, text)));
    return texts;
  }

  private static String text(String name, Object value) {
    if (!(value instanceof String text)) {
      throw wrong(Reason.WRONG_TYPE, name, value, "texts only");
    }
    if (text.length() > LONGEST) {
      throw wrong(Reason.INVALID_VALUE, name, value, "texts of at most 65536 characters");
    }
    return text;
  }

  private static Refusal wrong(Reason reason, String name, Object value, String expected) {
    return new Refusal(
        reason,
        "alert: %s: %s (expected: %s)".formatted(name, Quoted.of(String.valueOf(value)), expected));
  }
}
