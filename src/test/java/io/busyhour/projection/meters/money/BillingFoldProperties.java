package io.busyhour.projection.meters.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.SeriesState;
import io.busyhour.journal.Entry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BillingFoldProperties {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final Map<Long, SeriesState> saved = new HashMap<>();
  private Meters meters;
  private BillingFold fold;

  private void start() {
    meters = Meters.create(1000, clock);
    fold = new BillingFold(meters);
    meters.restore(saved.values());
  }

  private void save() {
    meters.alone(() -> meters.changed().forEach(state -> saved.put(state.id(), state)));
  }

  @Property(tries = 500)
  void counters_areTheSumOfTheBillingEvents_restartsIncluded(
      @ForAll("bills") List<AccountEvent.Rated> bills) {
    saved.clear();
    start();
    Map<String, BigDecimal> expected = new HashMap<>();
    for (int i = 0; i < bills.size(); i++) {
      AccountEvent.Rated bill = bills.get(i);
      take(bill);
      expected.merge(bill.account(), bill.chargeCents(), BigDecimal::add);
      expected.merge(bill.account() + " minutes", bill.minutes(), BigDecimal::add);
      save();
      if (i % 7 == 3) {
        start();
      }
    }
    Map<String, Double> found = new HashMap<>();
    found.putAll(values("warp_spend_cents_total", ""));
    found.putAll(values("warp_minutes_used_total", " minutes"));
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    // What is shown is the number nearest to the exact sum: that is to the cent up to 90 million
    // million dollars, and far below it before.
    found.forEach((account, sum) -> assertThat(sum).isEqualTo(expected.get(account).doubleValue()));
  }

  private void take(AccountEvent.Rated bill) {
    Occurrence occurrence = Occurrence.of(NOON, bill);
    Delivery delivery = Delivery.of(new EventKey("test", "1"), occurrence);
    fold.on(new Entry(1, NOON, delivery), occurrence);
  }

  private Map<String, Double> values(String family, String suffix) {
    Map<String, Double> values = new HashMap<>();
    meters.snapshots(family::equals).stream()
        .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
        .forEach(point -> values.put(point.getLabels().get("account") + suffix, point.getValue()));
    return values;
  }

  @Provide
  Arbitrary<List<AccountEvent.Rated>> bills() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.oneOf(
            Arbitraries.of("0.1", "0.2", "0.000000000001", "0.935", "999999999.99")
                .map(BigDecimal::new),
            Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(1_000_000))
                .ofScale(12));
    return Combinators.combine(Arbitraries.of("a", "b"), amounts, amounts)
        .as(
            (account, cents, minutes) ->
                new AccountEvent.Rated(
                    account,
                    AccountEvent.Service.VOICE,
                    null,
                    null,
                    null,
                    cents,
                    null,
                    minutes,
                    null))
        .list()
        .ofMaxSize(60);
  }
}
