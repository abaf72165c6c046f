package io.busyhour.event;

import java.util.List;

/**
 * What a door heard in one delivery: it is journaled, acknowledged and recognised as a repeat as a
 * whole.
 *
 * @param key what identifies it
 * @param occurrences the events that it stands for, at least one
 * @param wholeBeginning whether it carries all that its sender will ever say about the beginning of
 *     a call, so that nothing is gained by waiting for more (DESIGN.md, "Settling")
 */
public record Delivery(EventKey key, List<Occurrence> occurrences, boolean wholeBeginning) {
  /** Keeps the list from changing. */
  public Delivery {
    occurrences = List.copyOf(occurrences);
  }

  /** A delivery of one event, whose call may be described further by others. */
  public static Delivery of(EventKey key, Occurrence occurrence) {
    return new Delivery(key, List.of(occurrence), false);
  }
}
