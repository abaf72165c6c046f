package io.busyhour.projection.windows;

import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.windows.sliding.Bucket;
import io.busyhour.projection.windows.sliding.Placed;
import io.busyhour.projection.windows.sliding.Ratio;
import io.busyhour.projection.windows.sliding.Sample;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.Labels;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is left of the charges of the last 24 hours, of which the vendor's cost is known too. */
final class MarginWindow implements Window {
  private static final Duration DAY = Duration.ofHours(24);
  private static final int EVENTS = 0;
  private static final int CHARGE = 0;
  private static final int COST = 1;

  private final SlidingWindow window;
  private final Clock clock;

  MarginWindow(Meters meters, int limit, Clock clock) {
    this.clock = clock;
    window = new SlidingWindow("margin", DAY, Duration.ofMinutes(5), 1, limit);
    meters.computed(
        Set.of("warp_margin_percentage", "warp_margin_percentage_samples"), () -> margin().both());
  }

  @Override
  public List<SlidingWindow> windows() {
    return List.of(window);
  }

  @Override
  public void on(Occurrence occurrence, Instant now, WindowStore store) {
    if (occurrence.event() instanceof Rated rated
        && rated.chargeCents() != null
        && rated.vendorCostCents() != null) {
      Sample sample = Sample.counts(1).withAmounts(rated.chargeCents(), rated.vendorCostCents());
      String zone = rated.zone() == null ? null : Words.of(rated.zone());
      Placed charge = Placed.at(occurrence.time(), sample, rated.account(), rated.trunk(), zone);
      store.move(window, null, charge, now);
    }
  }

  private Ratio margin() {
    Ratio ratio =
        new Ratio(
            "warp_margin_percentage",
            "Charges less vendors' costs, of the charges of the last 24 h, percent.");
    window.sums(clock.instant(), DAY, (labels, sum) -> show(labels, sum, ratio));
    return ratio;
  }

  /** Where nothing was charged there is no margin, whatever it cost. */
  private static void show(List<String> labels, Bucket sum, Ratio ratio) {
    BigDecimal charge = sum.amount(CHARGE);
    if (charge.signum() > 0) {
      BigDecimal left = charge.subtract(sum.amount(COST)).movePointRight(2);
      double percent = left.divide(charge, MathContext.DECIMAL128).doubleValue();
      Labels shown =
          Labels.of("account", labels.get(0), "trunk", labels.get(1), "zone", labels.get(2));
      ratio.add(shown, percent, sum.count(EVENTS));
    }
  }
}
