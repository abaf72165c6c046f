package io.busyhour.incidents;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nine incidents, and who has to notice. */
enum Scene {
  TRUNK_OUTAGE("trunk-outage", 200, "BusyhourTrunkOutage"),
  SLOW_PDD("slow-pdd", 200, "BusyhourHighPDD"),
  /** Both are about the same money. */
  SPEND_FRAUD("spend-fraud", 200, "BusyhourHighSpendRate", "BusyhourIRSFSuspected"),
  CARRIER_FILTERING("carrier-filtering", 400, "BusyhourCarrierFiltering"),
  PARTNER_DOWN("partner-down", 200, "BusyhourHighWebhookFailureRate"),
  DEAD_WORKER("dead-worker", 100, "BusyhourWebhookWorkerDown"),
  SILENT_PROVIDER("silent-provider", 400, "BusyhourSourceSilent"),
  REDIS_FAILURE("redis-failure", 100, "BusyhourJobFailures"),
  CALLERS_ON_HOLD("callers-on-hold", 200, "BusyhourCallersOnHold");

  private static final int SHORT = 40;
  private static final int LONG = 600;

  /** What {@code simulate --incident} calls it. */
  final String incident;

  /** Events a second: enough of them for what the rules want to see before they judge. */
  final int rate;

  /** The alert that has to come. */
  final String alert;

  /** The critical alerts that may come; no other may. */
  final Set<String> critical;

  Scene(String incident, int rate, String alert, String... others) {
    this.incident = incident;
    this.rate = rate;
    this.alert = alert;
    Set<String> may = new HashSet<>(List.of(others));
    may.add(alert);
    this.critical = Set.copyOf(may);
  }

  /** Whether the simulator is left to end the incident; it ends the others once they are known. */
  boolean isOverByItself() {
    return this == PARTNER_DOWN;
  }

  /** How long the simulator lets it go on. */
  int seconds() {
    return isOverByItself() ? SHORT : LONG;
  }
}
