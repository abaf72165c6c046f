package io.busyhour.incidents;

import java.util.Set;

/** The nine incidents, and who has to notice. */
enum Scene {
  TRUNK_OUTAGE("trunk-outage", 200, "BusyhourTrunkOutage"),
  SLOW_PDD("slow-pdd", 200, "BusyhourHighPDD"),
  SPEND_FRAUD("spend-fraud", 200, "BusyhourHighSpendRate"),
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

  Scene(String incident, int rate, String alert) {
    this.incident = incident;
    this.rate = rate;
    this.alert = alert;
  }

  /** The critical alerts that may come; no other may. */
  Set<String> critical() {
    // Toll fraud is told of by what it costs and by where the money goes.
    return this == SPEND_FRAUD ? Set.of(alert, "BusyhourIRSFSuspected") : Set.of(alert);
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
