package io.busyhour.cli.simulate.fleet;

import io.busyhour.cli.simulate.traffic.Dice;
import io.busyhour.event.Event;
import io.busyhour.event.PlatformEvent.Database;
import io.busyhour.event.PlatformEvent.Health;
import io.busyhour.event.PlatformEvent.Kamailio;
import io.busyhour.event.PlatformEvent.Redis;
import io.busyhour.event.PlatformEvent.Rtpengine;
import io.busyhour.event.WebhookEvent.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Proxies, databases, caches and webhook workers. */
final class Machines {
  private static final List<String> PROXIES = List.of("sip-1", "sip-2");

  /** Of the calls that go on, the part that each media proxy carries. */
  private static final Map<String, Double> MEDIA =
      new TreeMap<>(Map.of("media-1", 0.55, "media-2", 0.45));

  private static final Map<String, String> DATABASES =
      new TreeMap<>(Map.of("api", "accounts", "billing", "ledger", "dialer", "campaigns"));

  private static final double PERCENT = 100;
  private static final int MOST_SESSIONS = 400;
  private static final int MOST_CONNECTIONS = 60;
  private static final long REDIS_BYTES = 96_000_000;
  private static final long BYTES_A_CALL = 24_000;

  private final List<String> workers;
  private final Instant beginning;

  Machines(List<String> workers, Instant beginning) {
    this.workers = workers;
    this.beginning = beginning;
  }

  void tell(int calls, Instant at, Dice dice, List<Event> told) {
    for (String proxy : PROXIES) {
      told.add(new Kamailio(proxy, health(dice)));
    }
    MEDIA.forEach(
        (node, share) -> {
          int sessions = (int) Math.round(calls * share);
          double used = Math.min(PERCENT, PERCENT * sessions / MOST_SESSIONS);
          told.add(new Rtpengine(node, sessions, used));
        });
    DATABASES.forEach(
        (service, database) -> {
          int connections = (int) Math.min(MOST_CONNECTIONS, 4 + dice.logNormal(6, 0.4));
          told.add(new Database(service, database, connections, MOST_CONNECTIONS));
        });
    for (int db = 0; db < 2; db++) {
      long bytes = REDIS_BYTES + BYTES_A_CALL * calls + dice.below(1_000_000);
      told.add(new Redis("cache-1", Integer.toString(db), bytes));
    }
    for (String worker : workers) {
      told.add(heartbeat(worker, at, dice));
    }
  }

  private static Health health(Dice dice) {
    if (dice.chance(0.999)) {
      return Health.HEALTHY;
    }
    return dice.chance(0.9) ? Health.DEGRADED : Health.UNHEALTHY;
  }

  private Worker heartbeat(String worker, Instant at, Dice dice) {
    double uptime = Duration.between(beginning, at).toMillis() / 1_000.0;
    int queued = (int) dice.exponential(2);
    double oldest = queued == 0 ? 0 : Math.round(dice.exponential(1_500)) / 1_000.0;
    return new Worker(worker, uptime, queued, oldest);
  }
}
