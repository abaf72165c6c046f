package io.busyhour.cli.simulate;

import io.busyhour.cli.simulate.fleet.Fleet;
import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.event.EventKey;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * All events of a simulation in the order in which they are due. It is computed as it is read and
 * holds no more than the conversations that are under way; neither clock nor network is asked.
 *
 * <p>Conversations begin as a Poisson process whose intensity follows the time of day. What they
 * tell takes its way to the server: most of it a moment, some so long that it is overtaken, and
 * some of it twice.
 */
final class Plan implements Iterator<Planned> {
  private static final double NANOS = 1e9;

  /** The most of all events that the platform tells of itself. */
  private static final double FLEET_SHARE = 0.25;

  private static final int SAMPLE = 2_000;

  private static final double TRANSIT_SECONDS = 0.08;
  private static final double LATE = 0.01;
  private static final double LATE_SECONDS = 15;
  private static final double TWICE = 0.015;
  private static final double TWICE_SECONDS = 3;

  private final Traffic traffic;
  private final Order order;
  private final Instant end;
  private final String run;
  private final LocalTime morning;
  private final double meanGap;
  private final Dice arrivals;
  private final Fleet fleet;
  private final PriorityQueue<Planned> upcoming = new PriorityQueue<>();

  private Instant nextStory;
  private long stories;
  private long serial;

  Plan(Traffic traffic, Order order) {
    this.traffic = traffic;
    this.order = order;
    long start = order.start().toEpochMilli();
    end = order.start().plus(order.length());
    run = Dice.of(order.seed(), start).hex(10);
    morning = traffic.busyHour();
    nextStory = order.start().minus(order.history());
    // What little traffic there is, is calls: the fleet takes its time then.
    double beating = Fleet.eventsPerSecond(traffic);
    double slower = Math.max(1, beating / (FLEET_SHARE * order.rate()));
    fleet = new Fleet(traffic, nextStory, slowed(slower));
    meanGap = eventsPerStory() / (order.rate() - beating / slower);
    arrivals = Dice.of(order.seed(), start, 0);
  }

  private static Duration slowed(double times) {
    return Duration.ofMillis((long) (Fleet.BEAT.toMillis() * times));
  }

  @Override
  public boolean hasNext() {
    return peek() != null;
  }

  @Override
  public Planned next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the simulation is over");
    }
    return upcoming.remove();
  }

  /** The event that is due next, or null when the simulation is over. */
  Planned peek() {
    while (true) {
      Instant earliest = nextStory.isBefore(fleet.next()) ? nextStory : fleet.next();
      Planned first = upcoming.peek();
      if (first != null && (first.due().isBefore(earliest) || !earliest.isBefore(end))) {
        return first.due().isBefore(end) ? first : null;
      }
      if (!earliest.isBefore(end)) {
        return null;
      }
      if (earliest.equals(fleet.next())) {
        beat();
      } else {
        story();
      }
    }
  }

  /** The time of day in the simulated day. */
  private LocalTime timeOfDay(Instant at) {
    double days = Duration.between(order.start(), at).toNanos() / (double) order.day().toNanos();
    double part = days - Math.floor(days);
    return morning.plusNanos((long) (part * Order.WHOLE_DAY.toNanos()));
  }

  private void story() {
    Instant beginning = nextStory;
    LocalTime time = timeOfDay(beginning);
    // Thinning: the process runs at its peak, and what exceeds the present intensity is left out.
    boolean happens = arrivals.chance(traffic.intensity(time));
    nextStory = beginning.plusNanos((long) (arrivals.exponential(meanGap) * NANOS));
    if (happens) {
      stories++;
      Dice dice = Dice.of(order.seed(), order.start().toEpochMilli(), stories);
      Instant millis = Instant.ofEpochMilli(beginning.toEpochMilli());
      List<Occurrence> told = order.trouble().conversation(traffic, time, millis, dice);
      fleet.follow(told);
      send(Long.toString(stories, 36), told, dice);
    }
  }

  private void beat() {
    long beats = fleet.beats();
    Dice dice = Dice.of(order.seed(), order.start().toEpochMilli(), -1 - beats);
    send("beat" + Long.toString(beats, 36), fleet.beat(dice), dice);
  }

  private void send(String name, List<Occurrence> occurrences, Dice dice) {
    for (int i = 0; i < occurrences.size(); i++) {
      Occurrence usual = occurrences.get(i);
      String id = "%s-%s-%d".formatted(run, name, i);
      double transit = dice.logNormal(TRANSIT_SECONDS, 0.8);
      if (dice.chance(LATE)) {
        transit += dice.exponential(LATE_SECONDS);
      }
      double again = dice.chance(TWICE) ? dice.exponential(TWICE_SECONDS) : Double.NaN;
      // Chance is asked alike whatever goes wrong: the rest stays as it was.
      for (Occurrence occurrence : order.trouble().told(usual)) {
        EventKey key = new EventKey(source(occurrence.event().type()), id);
        id += "+";
        plan(transit, key, occurrence);
        if (!Double.isNaN(again)) {
          plan(transit + again, key, occurrence);
        }
      }
    }
  }

  private void plan(double transitSeconds, EventKey key, Occurrence occurrence) {
    Instant due = occurrence.time().plusNanos((long) (transitSeconds * NANOS));
    upcoming.add(
        new Planned(due.isBefore(order.start()) ? order.start() : due, serial++, key, occurrence));
  }

  private static String source(EventType type) {
    return switch (type) {
      case CALL_QUALITY -> "simulator/media";
      case CALL_LATENCY -> "simulator/agents";
      case CAMPAIGN_UPDATED, CAMPAIGN_PROCESSED, CAMPAIGN_POLLED -> "simulator/dialer";
      case DIALER_REQUESTED, DIALER_RESPONDED, CALLER_SESSION_CHANGED -> "simulator/dialer";
      case SMS_SENT, SMS_STATUS -> "simulator/messages";
      case BILLING_RATED, ACCOUNT_UPDATED -> "simulator/billing";
      case WEBHOOK_QUEUED, WEBHOOK_ATTEMPTED, WEBHOOK_WORKER -> "simulator/webhooks";
      case API_REQUEST, API_RATE_LIMITED, API_AUTH_FAILED -> "simulator/api";
      case JOB_DONE, AUTOSCALE_DONE -> "simulator/work";
      case INFRA_KAMAILIO, INFRA_RTPENGINE, INFRA_DATABASE, INFRA_REDIS -> "simulator/machines";
      default -> "simulator/switch";
    };
  }

  /** How many events a conversation of the busy hour brings on average, repeats included. */
  private double eventsPerStory() {
    Dice dice = Dice.of(SAMPLE);
    long events = 0;
    for (int i = 0; i < SAMPLE; i++) {
      events += traffic.conversation(morning, Instant.EPOCH, dice).size();
    }
    return events * (1 + TWICE) / SAMPLE;
  }
}
