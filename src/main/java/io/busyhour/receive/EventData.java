package io.busyhour.receive;

import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.http.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data of an event that a door makes of what it heard; what is absent is left out. */
public final class EventData {
  private final Map<String, Object> data = new LinkedHashMap<>();

  /** States a fact, unless it is null. */
  public EventData put(String field, Object value) {
    if (value != null) {
      data.put(field, value);
    }
    return this;
  }

  /**
   * The event of these facts, checked like any sender's.
   *
   * @throws Refusal where a fact breaks a rule of the vocabulary
   */
  public Occurrence happened(EventType type, Instant time) {
    return new Occurrence(time, Receiver.checked(type::read, data), data);
  }
}
