package io.busyhour.projection.windows;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.AccountEvent.Rated;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.AccountChange;
import io.busyhour.projection.change.AccountRecord;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.windows.sliding.Placed;
import io.busyhour.projection.windows.sliding.Sample;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** How long each account's balance lasts if it is spent as in the last hour. */
final class SpendWindow implements Window {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int CENTS = 0;

  private final int limit;
  private final Clock clock;
  private final SlidingWindow window;
  // Of the first accounts by name, so that which are kept does not depend on who came first.
  private final TreeMap<String, BigDecimal> balances = new TreeMap<>();

  SpendWindow(Meters meters, int limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
    window = new SlidingWindow("spend", HOUR, Duration.ofMinutes(1), 1, limit);
    meters.computed("warp_balance_runway_hours", this::runway);
  }

  @Override
  public List<SlidingWindow> windows() {
    return List.of(window);
  }

  @Override
  public void on(Occurrence occurrence, Instant now, WindowStore store) {
    if (occurrence.event() instanceof Rated rated && rated.chargeCents() != null) {
      Sample sample = Sample.counts(1).withAmounts(rated.chargeCents());
      store.move(window, null, Placed.at(occurrence.time(), sample, rated.account()), now);
    }
  }

  @Override
  public void on(Change changed, Instant now, WindowStore store) {
    if (changed instanceof AccountChange change && change.after().balance() != null) {
      AccountRecord account = change.after();
      keep(account.account(), account.type(), account.balance(), account.creditLimit());
    }
  }

  /** An account that pays by invoice may owe up to its limit; another may spend what it has. */
  private void keep(
      String account, AccountEvent.Type type, BigDecimal balance, BigDecimal creditLimit) {
    boolean owes = type == AccountEvent.Type.POSTPAID && creditLimit != null;
    keep(account, owes ? balance.add(creditLimit) : balance);
  }

  private void keep(String account, BigDecimal balance) {
    balances.put(account, balance);
    if (balances.size() > limit) {
      balances.pollLastEntry();
    }
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    balances.clear();
    try (Statement statement = transaction.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select account, type, balance_dollars, credit_limit_dollars from accounts"
                    + " where balance_dollars is not null")) {
      while (rows.next()) {
        String type = rows.getString(2);
        keep(
            rows.getString(1),
            type == null ? null : AccountEvent.Type.valueOf(type),
            rows.getBigDecimal(3),
            rows.getBigDecimal(4));
      }
    }
  }

  private MetricSnapshot runway() {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("warp_balance_runway_hours")
            .help("Hours that balance and credit last at the spending of the last hour.");
    window.sums(
        clock.instant(),
        HOUR,
        (labels, sum) -> {
          BigDecimal balance = balances.get(labels.getFirst());
          BigDecimal cents = sum.amount(CENTS);
          if (balance != null && cents.signum() > 0) {
            family.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("account", labels.getFirst()))
                    .value(hours(balance, cents))
                    .build());
          }
        });
    return family.build();
  }

  /** What is overdrawn lasts no longer than what is spent. */
  private static double hours(BigDecimal balance, BigDecimal centsAnHour) {
    BigDecimal cents = balance.max(BigDecimal.ZERO).movePointRight(2);
    return cents.divide(centsAnHour, MathContext.DECIMAL128).doubleValue();
  }
}
