package io.busyhour.cli.simulate.traffic;

import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects what happens in one conversation, each event some seconds after its beginning. */
final class Story {
  private final Instant beginning;
  private final List<Occurrence> occurrences = new ArrayList<>();

  Story(Instant beginning) {
    this.beginning = beginning;
  }

  /** Lets an event happen. */
  void tell(double afterSeconds, Event event) {
    // Whole milliseconds, as most senders write them.
    occurrences.add(Occurrence.of(at(afterSeconds), event));
  }

  /** The time so many seconds after the beginning. */
  Instant at(double afterSeconds) {
    return beginning.plusMillis(Math.round(afterSeconds * 1_000));
  }

  /** A figure as senders write it. */
  static double rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
  }

  /** All that happened, in the order in which it was told. */
  List<Occurrence> occurrences() {
    return List.copyOf(occurrences);
  }
}
