package io.busyhour.cli.simulate.traffic;

import java.util.List;

/**
 * A trunk with its own virtues and faults.
 *
 * @param weight its share of all calls
 * @param failureRate share of its calls that the network does not place, 0 to 1
 * @param failures how those end
 * @param pddMillis median post-dial delay
 * @param codec what it speaks
 * @param loss mean share of packets lost, 0 to 1
 * @param jitterMillis median jitter
 * @param rttMillis median round-trip time
 * @param centsPerMinute what a minute costs
 */
public record Trunk(
    String name,
    String provider,
    double weight,
    double failureRate,
    List<Fate> failures,
    double pddMillis,
    String codec,
    double loss,
    double jitterMillis,
    double rttMillis,
    double centsPerMinute) {

  /** The same trunk while its carrier refuses every call. */
  public Trunk refusing() {
    return with(1, List.of(Fate.NO_CAPACITY), pddMillis);
  }

  /** The same trunk when it takes so many times as long until it rings. */
  public Trunk slower(double times) {
    return with(failureRate, failures, pddMillis * times);
  }

  private Trunk with(double rate, List<Fate> fates, double delay) {
    return new Trunk(
        name,
        provider,
        weight,
        rate,
        fates,
        delay,
        codec,
        loss,
        jitterMillis,
        rttMillis,
        centsPerMinute);
  }
}
