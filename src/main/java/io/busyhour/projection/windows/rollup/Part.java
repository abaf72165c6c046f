package io.busyhour.projection.windows.rollup;

import java.time.Instant;
import java.util.List;

/** A stretch of time that is read in spans of one length: both ends are beginnings of such. */
record Part(Step step, long from, long until) {
  /** What to read for a stretch: whole hours where there are any, five minutes at its edges. */
  static List<Part> of(Instant from, Instant until) {
    long start = Step.FIVE_MINUTES.start(from.getEpochSecond());
    long end = up(Step.FIVE_MINUTES, until.getEpochSecond());
    long hours = up(Step.HOUR, start);
    long hoursEnd = Step.HOUR.start(end);
    if (hours >= hoursEnd) {
      return List.of(new Part(Step.FIVE_MINUTES, start, end));
    }
    return List.of(
        new Part(Step.FIVE_MINUTES, start, hours),
        new Part(Step.HOUR, hours, hoursEnd),
        new Part(Step.FIVE_MINUTES, hoursEnd, end));
  }

  /** The same in whole hours, which begin no later and end no earlier. */
  static List<Part> inHours(Instant from, Instant until) {
    long start = Step.HOUR.start(from.getEpochSecond());
    return List.of(new Part(Step.HOUR, start, up(Step.HOUR, until.getEpochSecond())));
  }

  private static long up(Step step, long second) {
    return step.start(second + step.seconds() - 1);
  }
}
