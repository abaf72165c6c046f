package io.busyhour.cli.simulate.traffic;

import static io.busyhour.event.CallEvent.Direction.INBOUND;
import static io.busyhour.event.CallEvent.Direction.OUTBOUND;

import io.busyhour.cli.simulate.traffic.DailyShape.Hump;
import io.busyhour.event.Occurrence;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.function.UnaryOperator;

/** Who calls, over what, and when: the model that all simulated traffic is drawn from. */
public final class Traffic {
  /** Offices call in the morning and again in the afternoon. */
  private static final DailyShape OFFICE =
      new DailyShape(0.06, List.of(new Hump(10.5, 1.6, 1), new Hump(15, 1.8, 0.85)));

  /** People are at home in the evening. */
  private static final DailyShape EVENING =
      new DailyShape(0.05, List.of(new Hump(11, 1.5, 0.6), new Hump(18.5, 1.5, 1)));

  /** A line that is open around the clock. */
  private static final DailyShape AROUND_THE_CLOCK =
      new DailyShape(0.25, List.of(new Hump(11, 3, 1), new Hump(16, 3, 0.8)));

  /** Four accounts with eight campaigns on five trunks, one of which is worse than the others. */
  public static final Traffic USUAL =
      new Traffic(
          List.of(
              new Campaign(
                  "solar-leads",
                  "northwind",
                  "u-101",
                  OUTBOUND,
                  18,
                  0.30,
                  0.35,
                  70,
                  false,
                  60_000,
                  EVENING),
              new Campaign(
                  "renewals", "acme", "u-201", OUTBOUND, 14, 0.38, 0.25, 95, false, 25_000, OFFICE),
              new Campaign(
                  "win-back", "acme", "u-202", OUTBOUND, 9, 0.27, 0.40, 60, false, 18_000, OFFICE),
              new Campaign(
                  "survey",
                  "northwind",
                  "u-102",
                  OUTBOUND,
                  12,
                  0.24,
                  0.30,
                  120,
                  false,
                  40_000,
                  EVENING),
              new Campaign(
                  "reminders",
                  "bluebird",
                  "u-301",
                  OUTBOUND,
                  16,
                  0.62,
                  0.30,
                  28,
                  true,
                  9_000,
                  OFFICE),
              new Campaign(
                  "intake",
                  "bluebird",
                  "u-302",
                  INBOUND,
                  8,
                  0.95,
                  0,
                  110,
                  true,
                  0,
                  AROUND_THE_CLOCK),
              new Campaign(
                  "collections",
                  "harbor",
                  "u-401",
                  OUTBOUND,
                  13,
                  0.21,
                  0.45,
                  50,
                  false,
                  35_000,
                  OFFICE),
              new Campaign(
                  "support-line",
                  "harbor",
                  "u-402",
                  INBOUND,
                  10,
                  0.90,
                  0,
                  150,
                  false,
                  0,
                  AROUND_THE_CLOCK)),
          List.of(
              new Trunk(
                  "denver-1",
                  "alder",
                  35,
                  0.004,
                  List.of(Fate.NO_CAPACITY, Fate.NO_SUCH_NUMBER),
                  1_000,
                  "PCMU",
                  0.001,
                  4,
                  35,
                  0.85),
              new Trunk(
                  "denver-2",
                  "alder",
                  22,
                  0.008,
                  List.of(Fate.NO_SUCH_NUMBER, Fate.TIMED_OUT),
                  1_100,
                  "PCMU",
                  0.0015,
                  5,
                  40,
                  0.85),
              new Trunk(
                  "dallas-1",
                  "birchtel",
                  24,
                  0.008,
                  List.of(Fate.NO_CAPACITY, Fate.BROKEN, Fate.NO_SUCH_NUMBER),
                  1_300,
                  "G729",
                  0.002,
                  8,
                  55,
                  0.62),
              new Trunk(
                  "miami-1",
                  "coralsip",
                  14,
                  0.02,
                  List.of(Fate.NO_CAPACITY, Fate.BAD_GATEWAY, Fate.TIMED_OUT),
                  1_700,
                  "G729",
                  0.0035,
                  14,
                  110,
                  0.41),
              new Trunk(
                  "cloud-1",
                  "dove",
                  5,
                  0.006,
                  List.of(Fate.NO_SUCH_NUMBER, Fate.FORBIDDEN, Fate.NO_AGENT),
                  800,
                  "opus",
                  0.0012,
                  6,
                  48,
                  1.3)),
          0.15);

  private final List<Campaign> campaigns;
  private final List<Trunk> trunks;
  private final double messageShare;
  private final double peak;

  private Traffic(List<Campaign> campaigns, List<Trunk> trunks, double messageShare) {
    this.campaigns = campaigns;
    this.trunks = trunks;
    this.messageShare = messageShare;
    this.peak = DailyShape.peak(this::load);
  }

  private Traffic(Traffic other, List<Trunk> trunks) {
    campaigns = other.campaigns;
    this.trunks = trunks;
    messageShare = other.messageShare;
    peak = other.peak;
  }

  /** The same traffic where one trunk is not as it was. */
  public Traffic with(String trunk, UnaryOperator<Trunk> changed) {
    return new Traffic(
        this, trunks.stream().map(t -> t.name().equals(trunk) ? changed.apply(t) : t).toList());
  }

  /** All campaigns. */
  public List<Campaign> campaigns() {
    return campaigns;
  }

  /** All trunks. */
  public List<Trunk> trunks() {
    return trunks;
  }

  /** Who delivers webhooks. */
  public List<String> webhookWorkers() {
    return HookStory.workers();
  }

  /** How much goes on at this time of day: 1 at the busiest minute. */
  public double intensity(LocalTime time) {
    return load(time) / peak;
  }

  /** When the busy hour begins. */
  public LocalTime busyHour() {
    return DailyShape.busyHour(this::load);
  }

  /** One call or message from its beginning to its end, as it may happen at this time of day. */
  public List<Occurrence> conversation(LocalTime time, Instant beginning, Dice dice) {
    Campaign campaign = dice.pick(campaigns, c -> c.weight() * c.day().at(time));
    return dice.chance(messageShare)
        ? MessageStory.of(campaign, beginning, dice)
        : CallStory.of(campaign, dice.pick(trunks, Trunk::weight), beginning, dice);
  }

  private double load(LocalTime time) {
    return campaigns.stream().mapToDouble(c -> c.weight() * c.day().at(time)).sum();
  }
}
