package io.busyhour.cli.simulate.incident;

import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;

/** An incident and its time, or none at all. */
public final class Trouble {
  /** Nothing goes wrong. */
  public static final Trouble NONE =
      new Trouble(Effect.NONE, new Spell(Instant.EPOCH, Instant.EPOCH));

  private final Effect effect;
  private final Spell spell;

  private Trouble(Effect effect, Spell spell) {
    this.effect = effect;
    this.spell = spell;
  }

  /**
   * An incident that goes on for a while.
   *
   * @param from when it begins
   * @param length how long it goes on; longer than nothing
   */
  public static Trouble of(Incident incident, Instant from, Duration length) {
    return new Trouble(incident.effect(), new Spell(from, from.plus(length)));
  }

  /** One conversation from its beginning to its end. */
  public List<Occurrence> conversation(
      Traffic usual, LocalTime time, Instant beginning, Dice dice) {
    Effect now = spell.covers(beginning) ? effect : Effect.NONE;
    return now.conversation(usual, time, beginning, dice);
  }

  /** What is told of something that usually happens: itself, as a rule. */
  public List<Occurrence> told(Occurrence usual) {
    return spell.covers(usual.time()) ? effect.told(usual, spell) : List.of(usual);
  }
}
