package io.busyhour.event;

import java.time.Instant;
import java.util.Map;

/**
 * One event with the time at which it happened.
 *
 * @param time when it happened, to the microsecond, by the sender's clock
 * @param event what happened
 * @param data the event's data as it is kept, unknown fields included
 */
public record Occurrence(Instant time, Event event, Map<String, ?> data) {
  /** An occurrence whose data is just what the event says. */
  public static Occurrence of(Instant time, Event event) {
    return new Occurrence(time, event, EventType.data(event));
  }
}
