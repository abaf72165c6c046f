package io.busyhour.cli.simulate.fleet;

import io.busyhour.cli.simulate.traffic.Campaign;
import io.busyhour.event.AccountEvent;
import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.AccountEvent.Updated;
import io.busyhour.event.Event;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the accounts have left: some pay in advance and refill, the others get an invoice. */
final class Accounts {
  private static final List<String> PREPAID = List.of("northwind", "bluebird");
  private static final BigDecimal FULL = new BigDecimal("2500.00");
  private static final BigDecimal LOW = new BigDecimal("500.00");

  /** Below this the account wants to be told; it refills in time. */
  private static final BigDecimal ALERT = new BigDecimal("100.00");

  private static final BigDecimal INVOICED_AT = new BigDecimal("1500.00");
  private static final BigDecimal CREDIT = new BigDecimal("2000.00");

  private final Map<String, BigDecimal> spent = new TreeMap<>();

  Accounts(List<Campaign> campaigns) {
    campaigns.forEach(campaign -> spent.put(campaign.account(), BigDecimal.ZERO));
  }

  void charge(Rated rated) {
    spent.merge(rated.account(), rated.chargeCents().movePointLeft(2), BigDecimal::add);
  }

  void tell(List<Event> told) {
    spent.forEach((account, dollars) -> told.add(updated(account, dollars)));
  }

  private static Event updated(String account, BigDecimal dollars) {
    if (PREPAID.contains(account)) {
      BigDecimal left = FULL.subtract(dollars.remainder(FULL.subtract(LOW)));
      return new Updated(account, AccountEvent.Type.PREPAID, left, BigDecimal.ZERO, ALERT);
    }
    BigDecimal owed = dollars.remainder(INVOICED_AT);
    return new Updated(account, AccountEvent.Type.POSTPAID, owed.negate(), CREDIT, null);
  }
}
