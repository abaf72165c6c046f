package io.busyhour.cli.simulate;

import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event that is to be sent.
 *
 * @param due when
 * @param serial its place in the plan among those that are due and happened at the same time
 * @param key what identifies it; a duplicate has the key of its original
 * @param occurrence what happened
 */
record Planned(Instant due, long serial, EventKey key, Occurrence occurrence)
    implements Comparable<Planned> {
  private static final Comparator<Planned> ORDER =
      Comparator.comparing(Planned::due)
          .thenComparing(planned -> planned.occurrence().time())
          .thenComparingLong(Planned::serial);

  /** The event as a CloudEvent, to be written as JSON. */
  Map<String, Object> cloudEvent() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", key.id());
    event.put("source", key.source());
    event.put("type", occurrence.event().type().wireName());
    event.put("time", occurrence.time().toString());
    event.put("data", occurrence.data());
    return event;
  }

  @Override
  public int compareTo(Planned other) {
    return ORDER.compare(this, other);
  }
}
