package io.busyhour.cli.simulate.fleet;

import io.busyhour.cli.simulate.traffic.Agent;
import io.busyhour.cli.simulate.traffic.Campaign;
import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.cli.simulate.traffic.Traffic;
import io.busyhour.cli.simulate.traffic.Trunk;
import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.CallEvent.Answered;
import io.busyhour.event.CallEvent.Ended;
import io.busyhour.event.CallEvent.Initiated;
import io.busyhour.event.CampaignEvent;
import io.busyhour.event.CampaignEvent.Status;
import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import io.busyhour.event.PlatformEvent.TrunkUpdated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The platform that the calls run on. It reports at every beat, follows from the conversations what
 * they leave behind, and asks neither clock nor network.
 */
public final class Fleet {
  /** From one beat to the next, where there is enough traffic for it. */
  public static final Duration BEAT = Duration.ofSeconds(5);

  private static final int BEATS_BETWEEN_UPDATES = 3;
  private static final int BEATS_BETWEEN_ACCOUNTS = 12;
  private static final int CHANNELS_PER_WEIGHT = 10;
  private static final int SAMPLE = 720;

  private final Traffic traffic;
  private final Duration beat;
  private final Machines machines;
  private final Accounts accounts;
  private final Map<String, Integer> placed = new HashMap<>();
  private final PriorityQueue<Instant> callsToEnd = new PriorityQueue<>();
  private long beats;
  private Instant next;

  /**
   * A fleet that has told nothing yet.
   *
   * @param beginning when it began to run
   * @param beat how often it reports
   */
  public Fleet(Traffic traffic, Instant beginning, Duration beat) {
    this.traffic = traffic;
    this.beat = beat;
    this.machines = new Machines(traffic.webhookWorkers(), beginning);
    this.accounts = new Accounts(traffic.campaigns());
    this.next = beginning;
  }

  /** How many events a second a fleet tells that beats every {@link #BEAT}. */
  public static double eventsPerSecond(Traffic traffic) {
    Fleet fleet = new Fleet(traffic, Instant.EPOCH, BEAT);
    Dice dice = Dice.of(SAMPLE);
    long events = 0;
    for (int i = 0; i < SAMPLE; i++) {
      events += fleet.beat(dice).size();
    }
    return events / (double) (SAMPLE * BEAT.toSeconds());
  }

  /** When it will tell something again. */
  public Instant next() {
    return next;
  }

  /** How often it has told something. */
  public long beats() {
    return beats;
  }

  /** A conversation goes on: leads are called, lines are taken and money is spent. */
  public void follow(List<Occurrence> told) {
    boolean answered = false;
    for (Occurrence occurrence : told) {
      Event event = occurrence.event();
      if (event instanceof Initiated call) {
        placed.merge(call.beginning().campaignId(), 1, Integer::sum);
      } else if (event instanceof Answered) {
        answered = true;
      } else if (event instanceof Ended && answered) {
        callsToEnd.add(occurrence.time());
      } else if (event instanceof Rated rated) {
        accounts.charge(rated);
      }
    }
  }

  /** What it tells at the next beat. */
  public List<Occurrence> beat(Dice dice) {
    Instant at = next;
    List<Event> told = new ArrayList<>();
    double seconds = Math.round(dice.logNormal(600, 0.5)) / 1_000.0;
    told.add(new CampaignEvent.Polled(seconds));
    changeShifts(at, told);
    Work.tell(beats, dice, told);
    if (beats % BEATS_BETWEEN_UPDATES == 0) {
      traffic.campaigns().forEach(campaign -> told.add(update(campaign)));
      machines.tell(callsAt(at), at, dice, told);
    }
    if (beats % BEATS_BETWEEN_ACCOUNTS == 0) {
      traffic.trunks().forEach(trunk -> told.add(update(trunk)));
      accounts.tell(told);
    }
    beats++;
    next = at.plus(beat);
    return told.stream().map(event -> Occurrence.of(at, event)).toList();
  }

  private int callsAt(Instant at) {
    while (!callsToEnd.isEmpty() && !callsToEnd.peek().isAfter(at)) {
      callsToEnd.remove();
    }
    return callsToEnd.size();
  }

  /** Agents come, and those whose session is over go. */
  private void changeShifts(Instant at, List<Event> told) {
    Instant before = at.minus(beat);
    for (Campaign campaign : traffic.campaigns()) {
      for (Agent agent : Agent.of(campaign)) {
        boolean stays = agent.isThere(before, at);
        if (!stays && beats > 0) {
          told.add(agent.changed(before, State.ENDED));
        }
        if (!stays || beats == 0) {
          told.add(agent.changed(at, State.HOLD));
        }
      }
    }
  }

  private CampaignEvent update(Campaign campaign) {
    if (!campaign.isOutbound()) {
      return new CampaignEvent.Updated(campaign.id(), campaign.userId(), Status.ACTIVE, null);
    }
    // A list that is worked off is filled again, and the campaign goes on.
    int done = placed.getOrDefault(campaign.id(), 0) % campaign.leads();
    return new CampaignEvent.Updated(
        campaign.id(), campaign.userId(), Status.ACTIVE, campaign.leads() - done);
  }

  private static Event update(Trunk trunk) {
    int channels = (int) Math.round(trunk.weight() * CHANNELS_PER_WEIGHT);
    return new TrunkUpdated(trunk.name(), trunk.provider(), channels);
  }
}
