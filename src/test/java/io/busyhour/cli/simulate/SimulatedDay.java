package io.busyhour.cli.simulate;

import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Simulated traffic for tests of other packages. */
public final class SimulatedDay {
  private static final double EVENTS_A_SECOND = 20;

  /** An event with what identifies it; what is sent twice is there twice. */
  public record Sent(EventKey key, Occurrence occurrence) {}

  private SimulatedDay() {}

  /** So many events of a day that is compressed into the hour before a time. */
  public static List<Sent> before(Instant end, long seed, int events) {
    Duration hour = Duration.ofHours(1);
    return all(
        new Order(seed, end.minus(hour), hour, EVENTS_A_SECOND, hour, Duration.ofMinutes(5)),
        events);
  }

  /** All events of the 24 hours before a time, with so many a second in the busy hour. */
  public static List<Sent> whole(Instant end, long seed, double rate) {
    Duration day = Order.WHOLE_DAY;
    return all(new Order(seed, end.minus(day), day, rate, day, Duration.ZERO), Integer.MAX_VALUE);
  }

  private static List<Sent> all(Order order, int most) {
    Plan plan = new Plan(Traffic.USUAL, order);
    List<Sent> day = new ArrayList<>();
    while (plan.hasNext() && day.size() < most) {
      Planned planned = plan.next();
      day.add(new Sent(planned.key(), planned.occurrence()));
    }
    return day;
  }
}
