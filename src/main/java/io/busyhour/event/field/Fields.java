package io.busyhour.event.field;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the data of one event: plain maps, strings, numbers and booleans as any JSON reader gives
 * them, each checked as it is read. Not for several threads.
 */
public final class Fields {
  private final String type;
  private final Map<String, ?> data;

  /**
   * @param type the event's type as senders write it, for messages
   * @param data the event's data; fields that nobody asks for are ignored
   */
  public Fields(String type, Map<String, ?> data) {
    this.type = type;
    this.data = data;
  }

  /** A field that must be there; throws {@link InvalidField} when it is absent, null or empty. */
  public Field need(String name) {
    Object value = data.get(name);
    if (value == null || "".equals(value)) {
      throw InvalidField.missing(type, name);
    }
    return new Field(type, name, value);
  }

  /** A field that may be absent: then each reader of it gives null. */
  public Field maybe(String name) {
    return new Field(type, name, data.get(name));
  }

  /**
   * Writes a record the way senders spell it: snake_case names, lower-case words for enums, absent
   * for null. What {@link Fields} reads from the result equals the record.
   */
  public static Map<String, Object> of(Record record) {
    Map<String, Object> data = new LinkedHashMap<>();
    RecordShape.of(record.getClass()).write(record, data);
    return data;
  }
}
