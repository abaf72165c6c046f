package io.busyhour.cli.simulate.incident;

import io.busyhour.event.Occurrence;
import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections to a partner are refused. What would have been delivered is tried again, after pauses
 * that double, until somebody answers.
 *
 * @param partner whose endpoint it is
 */
record PartnerDown(String partner) implements Effect {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final double REFUSED_SECONDS = 0.004;

  @Override
  public List<Occurrence> told(Occurrence usual, Spell spell) {
    if (!(usual.event() instanceof Attempted attempt) || !partner.equals(attempt.partnerId())) {
      return List.of(usual);
    }
    if (attempt.result() != Result.DELIVERED) {
      return List.of(Occurrence.of(usual.time(), refused(attempt, attempt.attempt())));
    }
    List<Occurrence> told = new ArrayList<>();
    Instant at = usual.time();
    Duration pause = FIRST_PAUSE;
    int number = attempt.attempt();
    for (; spell.covers(at); number++) {
      told.add(Occurrence.of(at, refused(attempt, number)));
      at = at.plus(pause);
      pause = pause.multipliedBy(2);
    }
    told.add(Occurrence.of(at, made(attempt, number, 200, attempt.latencySeconds())));
    return told;
  }

  /** A last attempt stays the last. */
  private static Attempted refused(Attempted usual, int number) {
    return made(usual, number, 0, REFUSED_SECONDS);
  }

  private static Attempted made(Attempted usual, int number, int status, double seconds) {
    Result result =
        status == 200
            ? Result.DELIVERED
            : usual.result() == Result.DEAD_LETTER ? Result.DEAD_LETTER : Result.FAILED;
    return new Attempted(
        usual.deliveryId(),
        usual.eventType(),
        usual.partnerId(),
        usual.workerId(),
        number,
        result,
        status,
        seconds);
  }
}
