package io.busyhour.cli.simulate.incident;

import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Events of one kind say something else, or are not told.
 *
 * @param kind which events
 * @param changed what is told instead of one, null for nothing
 */
record Events<E extends Event>(Class<E> kind, UnaryOperator<E> changed) implements Effect {
  @Override
  public List<Occurrence> told(Occurrence usual, Spell spell) {
    if (!kind.isInstance(usual.event())) {
      return List.of(usual);
    }
    Event instead = changed.apply(kind.cast(usual.event()));
    return instead == null ? List.of() : List.of(Occurrence.of(usual.time(), instead));
  }
}
