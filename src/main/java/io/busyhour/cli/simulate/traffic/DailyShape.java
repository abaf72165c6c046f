package io.busyhour.cli.simulate.traffic;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How busy a day is from hour to hour: humps over a floor.
 *
 * @param floor what remains at night, 0 to 1
 * @param humps the busy times
 */
public record DailyShape(double floor, List<Hump> humps) {
  private static final int DAY_MINUTES = 24 * 60;
  private static final int QUARTER = 15;

  /**
   * One busy time of a day.
   *
   * @param hour its middle, such as 10.5 for half past ten
   * @param width its standard deviation in hours
   * @param height 0 to 1
   */
  public record Hump(double hour, double width, double height) {
    private double at(double time) {
      double apart = Math.abs(time - hour);
      double around = Math.min(apart, 24 - apart) / width;
      return height * StrictMath.exp(-around * around / 2);
    }
  }

  /** How busy it is at this time of day, from the floor to 1. */
  double at(LocalTime time) {
    double hour = time.toNanoOfDay() / (double) Duration.ofHours(1).toNanos();
    double highest = humps.stream().mapToDouble(hump -> hump.at(hour)).max().orElse(0);
    return floor + (1 - floor) * highest;
  }

  /**
   * When the busy hour begins: the sixty minutes, beginning at a quarter of an hour, that carry
   * most (ITU-T E.600, 5.6).
   */
  static LocalTime busyHour(ToDoubleFunction<LocalTime> load) {
    return IntStream.iterate(0, minute -> minute < DAY_MINUTES, minute -> minute + QUARTER)
        .mapToObj(DailyShape::minute)
        .max(Comparator.comparingDouble(start -> carried(start, load)))
        .orElseThrow();
  }

  /** The highest load at any minute of the day. */
  static double peak(ToDoubleFunction<LocalTime> load) {
    return IntStream.range(0, DAY_MINUTES)
        .mapToObj(DailyShape::minute)
        .mapToDouble(load)
        .max()
        .orElseThrow();
  }

  private static double carried(LocalTime start, ToDoubleFunction<LocalTime> load) {
    return IntStream.range(0, 60).mapToObj(start::plusMinutes).mapToDouble(load).sum();
  }

  private static LocalTime minute(int ofDay) {
    return LocalTime.ofSecondOfDay(ofDay * 60L);
  }
}
