package io.busyhour.projection.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.AccountChange;
import io.busyhour.projection.change.AccountRecord;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

/** Margin and runway against models that add all events up anew. */
class MoneyWindowProperties {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  /** A charge that comes at one time and speaks of another. */
  record Bill(String account, String trunk, BigDecimal charge, BigDecimal cost, long at, long age) {
    long happened(long step) {
      return Math.floorDiv(at - age, step) * step;
    }

    AccountEvent.Rated event() {
      return new AccountEvent.Rated(
          account, AccountEvent.Service.SMS, null, trunk, null, charge, cost, null, null);
    }
  }

  private static void feed(List<Bill> bills, SlidingWindow window, OnEvent fold) {
    WindowStore store = new WindowStore(List.of(window));
    List<Bill> sorted = new ArrayList<>(bills);
    sorted.sort(Comparator.comparingLong(Bill::at));
    for (Bill bill : sorted) {
      Instant now = NOON.plusSeconds(bill.at());
      fold.on(Occurrence.of(now.minusSeconds(bill.age()), bill.event()), now, store);
    }
  }

  private interface OnEvent {
    void on(Occurrence occurrence, Instant now, WindowStore store);
  }

  private static long last(List<Bill> bills) {
    return bills.stream().mapToLong(Bill::at).max().orElse(0);
  }

  private static Clock at(long second) {
    return Clock.fixed(NOON.plusSeconds(second), ZoneOffset.UTC);
  }

  private static Map<String, Double> shown(Meters meters, String family) {
    Map<String, Double> values = new HashMap<>();
    meters.snapshots(family::equals).stream()
        .flatMap(snapshot -> ((GaugeSnapshot) snapshot).getDataPoints().stream())
        .forEach(
            point -> {
              String trunk = point.getLabels().get("trunk");
              String account = point.getLabels().get("account");
              values.put(trunk == null ? account : account + "/" + trunk, point.getValue());
            });
    return values;
  }

  @Property(tries = 300)
  void margin_isThatOfABruteForceModel(@ForAll("bills") List<Bill> bills) {
    long now = last(bills);
    Meters meters = Meters.create(1000, at(now));
    MarginWindow margin = new MarginWindow(meters, 1000, at(now));
    feed(bills, margin.windows().getFirst(), margin::on);
    Map<String, BigDecimal> charges = new HashMap<>();
    Map<String, BigDecimal> costs = new HashMap<>();
    Map<String, Double> samples = new HashMap<>();
    for (Bill bill : bills) {
      long happened = bill.happened(300);
      boolean says = bill.charge() != null && bill.cost() != null;
      if (says && happened > now - DAY && happened <= now) {
        String key = bill.account() + "/" + (bill.trunk() == null ? "" : bill.trunk());
        charges.merge(key, bill.charge(), BigDecimal::add);
        costs.merge(key, bill.cost(), BigDecimal::add);
        samples.merge(key, 1.0, Double::sum);
      }
    }
    samples.keySet().removeIf(key -> charges.get(key).signum() == 0);
    Map<String, Double> found = shown(meters, "warp_margin_percentage");
    assertThat(shown(meters, "warp_margin_percentage_samples")).isEqualTo(samples);
    assertThat(found.keySet()).isEqualTo(samples.keySet());
    found.forEach(
        (key, percent) -> {
          double charge = charges.get(key).doubleValue();
          double expected = (charge - costs.get(key).doubleValue()) / charge * 100;
          assertThat(percent).isCloseTo(expected, Offset.offset(1e-6 * (1 + Math.abs(expected))));
        });
  }

  @Property(tries = 300)
  void runway_isThatOfABruteForceModel(
      @ForAll("bills") List<Bill> bills, @ForAll("balances") List<AccountRecord> balances) {
    long now = last(bills);
    Meters meters = Meters.create(1000, at(now));
    SpendWindow spend = new SpendWindow(meters, 1000, at(now));
    feed(bills, spend.windows().getFirst(), spend::on);
    Map<String, Double> held = new HashMap<>();
    for (AccountRecord account : balances) {
      spend.on(new AccountChange(null, account), NOON, null);
      held.put(account.account(), account.balance().doubleValue());
    }
    Map<String, Double> cents = new HashMap<>();
    for (Bill bill : bills) {
      long happened = bill.happened(60);
      if (bill.charge() != null && happened > now - HOUR && happened <= now) {
        cents.merge(bill.account(), bill.charge().doubleValue(), Double::sum);
      }
    }
    cents.keySet().retainAll(held.keySet());
    cents.values().removeIf(sum -> sum == 0);
    Map<String, Double> found = shown(meters, "warp_balance_runway_hours");
    assertThat(found.keySet()).isEqualTo(cents.keySet());
    found.forEach(
        (account, hours) -> {
          double expected = Math.max(0, held.get(account)) * 100 / cents.get(account);
          assertThat(hours).isCloseTo(expected, Offset.offset(1e-6 * (1 + expected)));
        });
  }

  @Provide
  Arbitrary<List<Bill>> bills() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.of("0", "0.1", "0.2", "0.000000000001", "1.5", "250")
            .map(BigDecimal::new)
            .injectNull(0.2);
    // As many that are as old as the window of an hour as there are of a day.
    Arbitrary<Long> ages =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-300, 2 * HOUR),
            Arbitraries.longs().between(DAY - 2 * HOUR, DAY + HOUR));
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"),
            Arbitraries.of("t").injectNull(0.5),
            amounts,
            amounts,
            Arbitraries.longs().between(0, 3 * HOUR),
            ages)
        .as(Bill::new)
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<AccountRecord>> balances() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "x"),
            Arbitraries.of("-2.5", "0", "0.01", "1000").map(BigDecimal::new))
        .as((account, balance) -> new AccountRecord(account, null, balance, null, null))
        .list()
        .ofMaxSize(5);
  }
}
