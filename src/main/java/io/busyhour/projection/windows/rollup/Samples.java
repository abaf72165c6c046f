package io.busyhour.projection.windows.rollup;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.Outcome;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.windows.sliding.Sample;
import java.math.BigDecimal;

/** What one call adds to the figures of its groups. */
final class Samples {
  /** The exact sums, in the order in which they are stored. */
  static final int TALK_SECONDS = 0;

  static final int MOS = 1;
  static final int LOSS = 2;

  private final long[] counts = new long[Figure.COUNT];

  private Samples() {}

  static Sample of(CallRecord call) {
    Samples samples = new Samples();
    samples.count(call);
    Double talk = call.talkSeconds();
    return Sample.counts(samples.counts)
        .withAmounts(
            decimal(samples.has(Figure.TALKED) ? talk : null),
            decimal(call.sound().mos()),
            decimal(call.sound().packetLoss()))
        .withValue(isTimed(call) ? talk : null);
  }

  private void count(CallRecord call) {
    add(Figure.TOTAL);
    Direction direction = call.beginning().direction();
    if (direction != null) {
      add(direction == Direction.INBOUND ? Figure.INBOUND : Figure.OUTBOUND);
    }
    add(call.isOpen() ? Figure.ACTIVE : Figure.of(call.end().outcome()));
    addIf(call.end().reaped(), Figure.REAPED);
    if (call.isEndedForReal()) {
      addIf(call.isAnswered(), Figure.ANSWERED);
      addIf(call.isEffective(), Figure.EFFECTIVE);
      addIf(call.isAnswered() && call.talkSeconds() != null, Figure.TALKED);
    }
    addIf(isTimed(call), Figure.TIMED);
    Boolean transcript = call.end().hasTranscript();
    addIf(transcript != null, Figure.TRANSCRIPT_KNOWN);
    addIf(Boolean.TRUE.equals(transcript), Figure.TRANSCRIPT);
    addIf(call.sound().mos() != null, Figure.MOS);
    addIf(call.sound().packetLoss() != null, Figure.LOSS);
  }

  /** Talk times of which percentiles are asked are those of completed calls. */
  private static boolean isTimed(CallRecord call) {
    return call.end().outcome() == Outcome.COMPLETED && call.talkSeconds() != null;
  }

  private void addIf(boolean so, Figure figure) {
    if (so) {
      add(figure);
    }
  }

  private void add(Figure figure) {
    counts[figure.place()]++;
  }

  private boolean has(Figure figure) {
    return counts[figure.place()] > 0;
  }

  private static BigDecimal decimal(Double value) {
    return value == null ? BigDecimal.ZERO : BigDecimal.valueOf(value);
  }
}
