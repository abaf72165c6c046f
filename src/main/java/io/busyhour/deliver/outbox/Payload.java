package io.busyhour.deliver.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.busyhour.event.MaskedData;
import io.busyhour.event.Occurrence;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of a delivery: {@code type}, {@code timestamp} and {@code data}, and less than 20 kB, as
 * Standard Webhooks 1.0.0 recommends. Where that is not enough for all that a sender said of an
 * event, only its known fields are in it, and then only the beginnings of their texts; {@code
 * truncated} tells so.
 */
final class Payload {
  private static final int MOST_BYTES = 20_000;
  private static final int BEGINNING = 64;
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

  private Payload() {}

  static String of(Occurrence said, boolean numbersShown) {
    String whole = json(said, numbersShown, false);
    if (fits(whole)) {
      return whole;
    }
    Occurrence known = Occurrence.of(said.time(), said.event());
    String less = json(known, numbersShown, true);
    return fits(less) ? less : json(shortened(known), numbersShown, true);
  }

  private static boolean fits(String text) {
    return text.length() < MOST_BYTES && text.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES;
  }

  private static Occurrence shortened(Occurrence known) {
    Map<String, Object> data = new LinkedHashMap<>();
    known.data().forEach((name, value) -> data.put(name, shortened(value)));
    return new Occurrence(known.time(), known.event(), data);
  }

  private static Object shortened(Object value) {
    return value instanceof String text && text.length() > BEGINNING
        ? text.substring(0, text.offsetByCodePoints(0, BEGINNING / 2))
        : value;
  }

  private static String json(Occurrence said, boolean numbersShown, boolean truncated) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", said.event().type().wireName());
    body.put("timestamp", said.time().toString());
    body.put("data", numbersShown ? said.data() : MaskedData.of(said));
    if (truncated) {
      body.put("truncated", true);
    }
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("data that came from JSON cannot be written as JSON", e);
    }
  }
}
