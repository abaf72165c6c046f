package io.busyhour.receive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads objects from JSON: one, or the elements of an array one after the other. Numbers are exact.
 * A fault inside of an element costs that element only; what is no JSON costs the document, see
 * {@link #isBroken}. Not for several threads.
 */
public final class JsonReader implements AutoCloseable {
  // Deeper, longer and wider than any event: what exceeds these is an attack or a mistake.
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER_CHARS = 100;
  private static final int MAX_MAGNITUDE = 400;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Whatever parses is read to its end, so that the next element is found: own limits say
          // what is kept. This depth is where finding the end costs too much memory.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100_000)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // NaN is no JSON, yet senders write it: reading it refuses one event, not all.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private static final JsonFactory LENIENT =
      JSON.rebuild().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private final JsonParser parser;
  private final int maxBytes;
  private boolean broken;

  /**
   * Begins to read.
   *
   * @param maxBytes the longest object that is taken
   * @throws Refusal invalid_utf8 or malformed_json
   */
  public JsonReader(byte[] bytes, int offset, int length, int maxBytes) {
    this(JSON, bytes, offset, length, maxBytes);
  }

  private JsonReader(JsonFactory json, byte[] bytes, int offset, int length, int maxBytes) {
    Body.requireUtf8(bytes, offset, length);
    this.maxBytes = maxBytes;
    try {
      this.parser = json.createParser(bytes, offset, length);
    } catch (IOException e) {
      // Bytes with U+0000 among the first four look like another encoding than UTF-8 (RFC 8259,
      // 8.1).
      throw malformed(null);
    }
    if (next() == null) {
      throw new Refusal(Reason.MALFORMED_JSON, "The body is empty (expected: JSON).");
    }
  }

  /**
   * Begins to read what scripts put together by hand, with single quotes for double ones.
   *
   * @throws Refusal invalid_utf8 or malformed_json
   */
  public static JsonReader lenient(byte[] bytes, int offset, int length, int maxBytes) {
    return new JsonReader(LENIENT, bytes, offset, length, maxBytes);
  }

  /** The one object that a document consists of. */
  public static Map<String, Object> object(byte[] bytes, int offset, int length, int maxBytes) {
    try (JsonReader reader = new JsonReader(bytes, offset, length, maxBytes)) {
      Map<String, Object> object = reader.object();
      reader.end();
      return object;
    }
  }

  /** Tells whether the document is an array, whose elements are to be read. */
  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Goes to the next element of the document's array; false after the last one. */
  public boolean nextElement() {
    JsonToken token = next();
    if (token == null) {
      throw malformed();
    }
    return token != JsonToken.END_ARRAY;
  }

  /**
   * Reads the objects of the document's array to its end.
   *
   * @param good takes each object
   * @param bad takes why an element is none that can be taken
   * @throws Refusal when the document is broken
   */
  public void elements(Consumer<Map<String, Object>> good, Consumer<Refusal> bad) {
    readElements(good, bad);
    end();
  }

  private void readElements(Consumer<Map<String, Object>> good, Consumer<Refusal> bad) {
    while (nextElement()) {
      Map<String, Object> element;
      try {
        element = object();
      } catch (Refusal refusal) {
        if (isBroken()) {
          throw refusal;
        }
        bad.accept(refusal);
        continue;
      }
      good.accept(element);
    }
  }

  /**
   * Reads the one object that a document consists of, and the objects of a list in it one after the
   * other.
   *
   * @param list the name of the list; absent, or no list, it is as any other field
   * @param good takes each object of it
   * @param bad takes why an element is none that can be taken
   * @return the other fields
   * @throws Refusal when the document is broken
   */
  public Map<String, Object> objectWith(
      String list, Consumer<Map<String, Object>> good, Consumer<Refusal> bad) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new Refusal(Reason.WRONG_TYPE, "The body is no JSON object.");
    }
    Map<String, Object> others = new LinkedHashMap<>();
    while (next() == JsonToken.FIELD_NAME) {
      String name = plain(currentText());
      JsonToken token = next();
      if (name.equals(list) && token == JsonToken.START_ARRAY) {
        readElements(good, bad);
      } else {
        others.put(name, readValue(token, 1));
      }
    }
    end();
    return others;
  }

  /** Checks that nothing follows. */
  public void end() {
    if (next() != null) {
      throw malformed();
    }
  }

  /** Tells whether the last refusal was for the document as a whole: nothing more can be read. */
  public boolean isBroken() {
    return broken;
  }

  /**
   * Reads the object that the reader stands at.
   *
   * @throws Refusal for this object only, unless {@link #isBroken}
   */
  public Map<String, Object> object() {
    long start = parser.currentTokenLocation().getByteOffset();
    int depth = parser.getParsingContext().getNestingDepth();
    boolean nested = parser.currentToken().isStructStart();
    Refusal refusal = null;
    Map<String, Object> object = null;
    try {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new Refusal(Reason.WRONG_TYPE, "An event is a JSON object; this is none.");
      }
      object = readObject(1);
    } catch (Refusal e) {
      refusal = e;
    }
    while (nested && !broken && parser.getParsingContext().getNestingDepth() >= depth) {
      if (next() == null) {
        throw malformed();
      }
    }
    if (refusal == null && parser.currentLocation().getByteOffset() - start > maxBytes) {
      refusal = Body.tooLarge("The event", maxBytes);
    }
    if (refusal != null) {
      throw refusal;
    }
    return object;
  }

  private Map<String, Object> readObject(int depth) {
    requireShallow(depth);
    Map<String, Object> object = new LinkedHashMap<>();
    while (next() == JsonToken.FIELD_NAME) {
      String name = plain(currentText());
      int before = object.size();
      object.put(name, readValue(next(), depth));
      if (object.size() == before) {
        throw new Refusal(
            Reason.MALFORMED_JSON,
            "%s is given twice in one object (RFC 7493, 2.3).".formatted(Quoted.of(name)));
      }
    }
    return object;
  }

  private List<Object> readArray(int depth) {
    requireShallow(depth);
    List<Object> array = new ArrayList<>();
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      array.add(readValue(token, depth));
    }
    return array;
  }

  private Object readValue(JsonToken token, int depth) {
    if (token == null) {
      throw malformed();
    }
    return switch (token) {
      case START_OBJECT -> readObject(depth + 1);
      case START_ARRAY -> readArray(depth + 1);
      case VALUE_STRING -> plain(currentText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw malformed();
    };
  }

  private static void requireShallow(int depth) {
    if (depth > MAX_DEPTH) {
      throw new Refusal(
          Reason.TOO_DEEP,
          "The JSON is nested deeper than the %d levels that are taken.".formatted(MAX_DEPTH));
    }
  }

  /** No store keeps U+0000 or half of a surrogate pair, which has no UTF-8 form. */
  private static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (c == 0 || (Character.isSurrogate(c) && !pair)) {
        throw new Refusal(
            Reason.INVALID_VALUE,
            "%s is no well-formed Unicode, or has U+0000 in it.".formatted(Quoted.of(text)));
      }
      i += pair ? 1 : 0;
    }
    return text;
  }

  private Number number(JsonToken token) {
    try {
      if (parser.isNaN()) {
        throw new Refusal(
            Reason.MALFORMED_JSON, "NaN and Infinity are no JSON numbers (RFC 8259, 6).");
      }
      if (parser.getTextLength() > MAX_NUMBER_CHARS) {
        throw outOfRange();
      }
      return token == JsonToken.VALUE_NUMBER_INT
          ? parser.getNumberValue()
          : decimal(parser.getText());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static BigDecimal decimal(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      // Looked at without writing out the digits: 1e999999999 has a billion of them.
      if (Math.abs((long) number.precision() - number.scale()) <= MAX_MAGNITUDE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below: the exponent is beyond everything.
    }
    throw outOfRange();
  }

  private static Refusal outOfRange() {
    return new Refusal(
        Reason.INVALID_VALUE,
        "A number has more than %d characters or is beyond 1e±%d."
            .formatted(MAX_NUMBER_CHARS, MAX_MAGNITUDE));
  }

  private String currentText() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private JsonToken next() {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Refusal broken(IOException e) {
    broken = true;
    if (e instanceof StreamConstraintsException) {
      return new Refusal(Reason.TOO_DEEP, "The JSON is nested too deep to be read at all.");
    }
    return malformed(e instanceof JsonProcessingException j ? j.getLocation() : null);
  }

  private Refusal malformed() {
    broken = true;
    return malformed(parser.currentLocation());
  }

  private static Refusal malformed(JsonLocation at) {
    String where =
        at == null ? "This" : "Line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return new Refusal(Reason.MALFORMED_JSON, where + " is not JSON (RFC 8259).");
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a reader of memory failed", e);
    }
  }
}
