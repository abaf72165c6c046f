package io.busyhour.cli.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.util.Comparator;

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
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Comparator<Planned> ORDER =
      Comparator.comparing(Planned::due)
          .thenComparing(planned -> planned.occurrence().time())
          .thenComparingLong(Planned::serial);

  /** The event as a CloudEvent in JSON. */
  ObjectNode cloudEvent() {
    ObjectNode json = JSON.createObjectNode();
    json.put("specversion", "1.0");
    json.put("id", key.id());
    json.put("source", key.source());
    json.put("type", occurrence.event().type().wireName());
    json.put("time", occurrence.time().toString());
    json.set("data", JSON.valueToTree(occurrence.data()));
    return json;
  }

  @Override
  public int compareTo(Planned other) {
    return ORDER.compare(this, other);
  }
}
