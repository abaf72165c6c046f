package io.busyhour.cli.simulate.incident;

import io.busyhour.event.Occurrence;
import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Nobody delivers webhooks, and no worker says that it lives; afterwards what waited is made up
 * for.
 */
record DeadWorkers() implements Effect {
  /** So much faster than it came in is worked off what waited. */
  private static final int FASTER = 20;

  @Override
  public List<Occurrence> told(Occurrence usual, Spell spell) {
    if (usual.event() instanceof Worker) {
      return List.of();
    }
    if (usual.event() instanceof Attempted attempt) {
      Duration waited = Duration.between(spell.from(), usual.time());
      Instant at = spell.until().plusMillis(waited.toMillis() / FASTER);
      return List.of(Occurrence.of(at, attempt));
    }
    return List.of(usual);
  }
}
