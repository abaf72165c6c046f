package io.busyhour.deliver.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.deliver.Place;
import io.busyhour.deliver.letters.Letter.Whole;
import io.busyhour.event.EventType;
import io.busyhour.event.MaskedData;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.InvalidField;
import io.busyhour.event.field.PhoneNumber;
import io.busyhour.event.field.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A delivery as it is shown. */
final class LetterView {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private LetterView() {}

  /** What a list shows; what is unknown is null. */
  static Map<String, Object> of(Letter letter) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("delivery_id", letter.deliveryId());
    shown.put("subscription_id", letter.subscriptionId());
    shown.put("partner_id", letter.partnerId());
    shown.put("event_type", letter.eventType());
    shown.put("state", Words.of(letter.state()));
    shown.put("queued_at", Place.time(letter.queuedAt()).toString());
    shown.put("due_at", time(letter.dueAt()));
    shown.put("attempts", letter.attempts());
    shown.put("done_at", time(letter.doneAt()));
    shown.put("reason", letter.reason());
    return shown;
  }

  /** With what is sent, and with what each attempt was answered. */
  static Map<String, Object> of(Whole whole, boolean numbersShown) {
    Map<String, Object> shown = of(whole.letter());
    Map<?, ?> payload = read(whole.payload(), Map.class);
    shown.put("payload", numbersShown ? payload : masked(payload));
    List<?> history = whole.history() == null ? List.of() : read(whole.history(), List.class);
    shown.put("history", history.stream().map(attempt -> attempt(attempt, numbersShown)).toList());
    return shown;
  }

  private static String time(Long micros) {
    return micros == null ? null : Place.time(micros).toString();
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of webhook_outbox cannot be read", e);
    }
  }

  /**
   * The payload of a subscription that may see whole numbers has them; who reads it here may not.
   * One that is not understood any more is not shown.
   */
  private static Map<String, Object> masked(Map<?, ?> payload) {
    try {
      String type = String.valueOf(payload.get("type"));
      Instant time = Instant.parse(String.valueOf(payload.get("timestamp")));
      Map<String, Object> data = new LinkedHashMap<>();
      if (payload.get("data") instanceof Map<?, ?> sent) {
        sent.forEach((name, value) -> data.put(name.toString(), value));
      }
      Occurrence said = new Occurrence(time, EventType.named(type).read(data), data);
      Map<String, Object> shown = new LinkedHashMap<>();
      payload.forEach((name, value) -> shown.put(name.toString(), value));
      shown.put("data", MaskedData.of(said));
      return shown;
    } catch (InvalidField | DateTimeException | NullPointerException e) {
      return null;
    }
  }

  /** Endpoints answer what they like, the numbers that they were sent among it. */
  private static Map<String, Object> attempt(Object attempt, boolean numbersShown) {
    Map<String, Object> shown = new LinkedHashMap<>();
    ((Map<?, ?>) attempt)
        .forEach(
            (name, value) ->
                shown.put(
                    name.toString(),
                    name.equals("answer") && value instanceof String text && !numbersShown
                        ? PhoneNumber.maskLine(text)
                        : value));
    return shown;
  }
}
