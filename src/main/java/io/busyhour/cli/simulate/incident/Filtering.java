package io.busyhour.cli.simulate.incident;

import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.event.MessageEvent.Status;
import io.busyhour.event.MessageEvent.StatusChanged;
import io.busyhour.event.Occurrence;
import java.util.List;

/**
 * A carrier takes most messages for spam: they are not delivered.
 *
 * @param carrier which one
 */
record Filtering(String carrier) implements Effect {
  private static final double FILTERED = 0.8;
  private static final String FILTERED_CODE = "30007";

  @Override
  public List<Occurrence> told(Occurrence usual, Spell spell) {
    if (usual.event() instanceof StatusChanged said
        && said.status() == Status.DELIVERED
        && carrier.equals(said.carrier())
        && Dice.of(said.messageId().hashCode()).chance(FILTERED)) {
      StatusChanged filtered =
          new StatusChanged(said.messageId(), Status.UNDELIVERED, FILTERED_CODE, carrier);
      return List.of(Occurrence.of(usual.time(), filtered));
    }
    return List.of(usual);
  }
}
