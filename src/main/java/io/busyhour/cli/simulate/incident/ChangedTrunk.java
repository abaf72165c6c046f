package io.busyhour.cli.simulate.incident;

import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.cli.simulate.traffic.Trunk;
import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Calls that begin meanwhile find a trunk as they do not know it.
 *
 * @param trunk its name
 * @param changed what becomes of it
 */
record ChangedTrunk(String trunk, UnaryOperator<Trunk> changed) implements Effect {
  @Override
  public List<Occurrence> conversation(
      Traffic usual, LocalTime time, Instant beginning, Dice dice) {
    return usual.with(trunk, changed).conversation(time, beginning, dice);
  }
}
