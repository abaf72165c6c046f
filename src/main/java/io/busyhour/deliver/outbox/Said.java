package io.busyhour.deliver.outbox;

import io.busyhour.event.Delivery;
import io.busyhour.event.Event;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import java.time.Instant;

/**
 * What Busyhour journals of its own deliveries, so that they are counted as those of others are:
 * once each, over restarts too.
 */
public final class Said {
  /** The source of Busyhour's own events. */
  public static final String SOURCE = "busyhour";

  private Said() {}

  /**
   * Something that became of a delivery.
   *
   * @param step what it was, such as {@code attempt:2}: said again, it is a duplicate
   */
  public static Delivery of(String deliveryId, String step, Instant at, Event event) {
    EventKey key = new EventKey(SOURCE, "webhook:" + deliveryId + ":" + step);
    return Delivery.of(key, Occurrence.of(at, event));
  }
}
