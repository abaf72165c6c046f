package io.busyhour.projection.meters.money;

import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;

/** What was charged, as the billing events say it: sums of exact decimals. */
public final class BillingFold implements Fold {
  private final CounterFamily spend;
  private final CounterFamily minutes;

  /** Registers the families. */
  public BillingFold(Meters meters) {
    spend =
        meters.counter("warp_spend_cents_total", "Charges in cents.", "account", "service", "zone");
    minutes =
        meters.counter(
            "warp_minutes_used_total",
            "Minutes as billed.",
            "account",
            "trunk",
            "zone",
            "billable");
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    if (occurrence.event() instanceof Rated rated) {
      count(rated);
    }
  }

  private void count(Rated rated) {
    String zone = rated.zone() == null ? null : Words.of(rated.zone());
    if (rated.chargeCents() != null) {
      spend.add(rated.chargeCents(), rated.account(), Words.of(rated.service()), zone);
    }
    if (rated.minutes() != null) {
      String billable = rated.billable() == null ? null : rated.billable().toString();
      minutes.add(rated.minutes(), rated.account(), rated.trunk(), zone, billable);
    }
  }
}
