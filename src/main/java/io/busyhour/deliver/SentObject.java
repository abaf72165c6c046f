package io.busyhour.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.busyhour.event.field.Fields;
import io.busyhour.event.field.InvalidField;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The body of a request that sets something up: one JSON object, of which every field is known.
 * What is not known is refused, for it may be something that matters and was misspelled.
 */
public final class SentObject {
  private static final int MOST_BYTES = 256 * 1024;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Map<String, Object> fields;
  private final Fields checked;

  private SentObject(String what, Map<String, Object> fields) {
    this.fields = fields;
    this.checked = new Fields(what, fields);
  }

  /**
   * Reads a body; one that is empty is an empty object.
   *
   * @param what how messages call it
   * @param known the names that it may have
   * @throws Refusal of status 400 or 413
   */
  public static SentObject read(String what, List<String> known, InputStream body) {
    JsonNode sent = parse(bytes(body));
    if (!sent.isObject() && !sent.isMissingNode()) {
      throw new Refusal(Reason.WRONG_TYPE, "The body must be a JSON object.");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    sent.properties()
        .forEach(
            field -> {
              check(what, known, field.getKey(), field.getValue());
              fields.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class));
            });
    return new SentObject(what, fields);
  }

  private static byte[] bytes(InputStream body) {
    byte[] bytes;
    try {
      bytes = body.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new Refusal(Reason.MALFORMED_REQUEST, "The body could not be read to its end.");
    }
    if (bytes.length > MOST_BYTES) {
      throw new Refusal(Reason.TOO_LARGE, "The body is larger than 256 KiB.");
    }
    return bytes;
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new Refusal(Reason.MALFORMED_JSON, "The body is no JSON, or names a field twice.");
    } catch (IOException e) {
      throw new Refusal(Reason.MALFORMED_JSON, "The body is no JSON.");
    }
  }

  private static void check(String what, List<String> known, String name, JsonNode value) {
    if (!known.contains(name)) {
      throw new Refusal(
          Reason.INVALID_VALUE,
          "%s: %s is no field of it (expected: %s)"
              .formatted(what, Quoted.of(name), String.join(", ", known)));
    }
    if (value.isNull()) {
      throw new Refusal(
          Reason.WRONG_TYPE,
          "%s: %s: null (expected: a value, or to be left out)".formatted(what, name));
    }
  }

  /** Whether it says nothing. */
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Whether it has a field. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** What it says. */
  public Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /**
   * Reads a field.
   *
   * @throws Refusal naming the field, the value and the rule
   */
  public <T> T get(Function<Fields, T> reader) {
    try {
      return reader.apply(checked);
    } catch (InvalidField e) {
      throw new Refusal(
          switch (e.rule()) {
            case MISSING_FIELD -> Reason.MISSING_FIELD;
            case WRONG_TYPE -> Reason.WRONG_TYPE;
            case INVALID_VALUE -> Reason.INVALID_VALUE;
          },
          e.getMessage());
    }
  }
}
