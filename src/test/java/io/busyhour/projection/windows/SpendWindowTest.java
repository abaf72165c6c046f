package io.busyhour.projection.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.AccountChange;
import io.busyhour.projection.change.AccountRecord;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendWindowTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final int LIMIT = 3;

  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final Meters meters = Meters.create(LIMIT, clock);
  private final SpendWindow spend = new SpendWindow(meters, LIMIT, clock);
  private final WindowStore store = new WindowStore(List.of(spend.windows().getFirst()));

  private void charge(String account) {
    AccountEvent.Rated rated =
        new AccountEvent.Rated(
            account,
            AccountEvent.Service.VOICE,
            null,
            null,
            null,
            BigDecimal.TEN,
            null,
            null,
            null);
    spend.on(Occurrence.of(NOON, rated), NOON, store);
  }

  private void balance(String account) {
    AccountRecord record = new AccountRecord(account, null, BigDecimal.ONE, null, null);
    spend.on(new AccountChange(null, record), NOON, store);
  }

  @Test
  void runway_ofAPostpaidAccount_countsItsCreditLimit() {
    charge("a");
    BigDecimal debt = new BigDecimal("-1.5");
    BigDecimal credit = BigDecimal.valueOf(2);
    AccountRecord record = new AccountRecord("a", AccountEvent.Type.POSTPAID, debt, credit, null);
    spend.on(new AccountChange(null, record), NOON, store);
    GaugeSnapshot shown =
        (GaugeSnapshot) meters.snapshots("warp_balance_runway_hours"::equals).get(0);
    // 50 cents are left, and 10 were spent within the hour.
    assertThat(shown.getDataPoints().getFirst().getValue()).isEqualTo(5);
  }

  @Test
  void runway_beyondTheLimit_isLeftOut() {
    // "a" and "b" have places of their own, and together with the others nobody has a balance.
    for (String account : List.of("a", "b", "c", "d")) {
      charge(account);
    }
    for (String account : List.of("d", "c", "b", "a")) {
      balance(account);
    }
    GaugeSnapshot shown =
        (GaugeSnapshot)
            meters.snapshots("warp_balance_runway_hours"::equals).stream()
                .findFirst()
                .orElseThrow();
    assertThat(shown.getDataPoints())
        .extracting(point -> point.getLabels().get("account"))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(shown.getDataPoints()).allMatch(point -> point.getValue() == 10);
  }
}
