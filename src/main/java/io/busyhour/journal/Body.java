package io.busyhour.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The JSON form in which the occurrences of a delivery are stored. Numbers come back exactly: those
 * with a point or an exponent as {@code BigDecimal}.
 */
final class Body {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          // Only ASCII: half of a surrogate pair has no UTF-8 form, and databases refuse NUL.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          // Field names are the senders': many or colliding ones must neither stay nor fail.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              // What the doors let in has to be readable for ever, whatever the defaults become.
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final ObjectMapper MAPPER =
      new ObjectMapper(JSON).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final ObjectReader DATA =
      MAPPER.readerFor(new TypeReference<Map<String, Object>>() {});

  private Body() {}

  /** Writes occurrences; throws {@link IllegalArgumentException} for data that is not JSON. */
  static String write(List<Occurrence> occurrences) {
    StringWriter out = new StringWriter(256 * occurrences.size());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setCodec(MAPPER);
      json.writeStartArray();
      for (Occurrence occurrence : occurrences) {
        json.writeStartObject();
        json.writeStringField("type", occurrence.event().type().wireName());
        json.writeNumberField("time", JournalTable.micros(occurrence.time()));
        json.writeFieldName("data");
        MAPPER.writeValue(json, occurrence.data());
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new IllegalArgumentException("the data of an event has no JSON form", e);
    }
    return out.toString();
  }

  /** Reads what {@link #write} wrote. */
  static List<Occurrence> read(String body) {
    List<Occurrence> occurrences = new ArrayList<>(2);
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        occurrences.add(occurrence(json));
      }
    } catch (IOException e) {
      throw new IllegalStateException("it is not the JSON that Busyhour writes", e);
    }
    return occurrences;
  }

  private static Occurrence occurrence(JsonParser json) throws IOException {
    String type = null;
    long time = 0;
    Map<String, Object> data = Map.of();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      switch (name) {
        case "type" -> type = json.getText();
        case "time" -> time = json.getLongValue();
        case "data" -> data = DATA.readValue(json);
        default -> json.skipChildren();
      }
    }
    EventType known = type == null ? null : EventType.named(type);
    if (known == null) {
      throw new IllegalStateException(
          "event type \"" + type + "\" is unknown (expected: one of this version of Busyhour)");
    }
    return new Occurrence(JournalTable.instant(time), known.read(data), data);
  }
}
