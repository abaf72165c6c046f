package io.busyhour.cli.simulate.incident;

import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;

/** What an incident does while it lasts; as it is here, nothing. */
interface Effect {
  /** Takes its course as always. */
  Effect NONE = new Effect() {};

  /** A conversation that begins meanwhile, from its beginning to its end. */
  default List<Occurrence> conversation(
      Traffic usual, LocalTime time, Instant beginning, Dice dice) {
    return usual.conversation(time, beginning, dice);
  }

  /** What is told instead of something that usually happens meanwhile; nothing, or several. */
  default List<Occurrence> told(Occurrence usual, Spell spell) {
    return List.of(usual);
  }
}
