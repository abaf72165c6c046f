package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What charges and accounts come to in the scrape, with figures computed by hand. */
class MoneyTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence rated(long second, Map<String, ?> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.putIfAbsent("account", "acme");
    data.putIfAbsent("service", "voice");
    return said("billing.rated", NOON.plusSeconds(second), data);
  }

  private static Occurrence updated(long second, Map<String, ?> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.putIfAbsent("account", "acme");
    return said("account.updated", NOON.plusSeconds(second), data);
  }

  @Test
  void charges_areSummedExactly() {
    for (String cents : new String[] {"0.1", "0.2", "0.000000000001"}) {
      stage.journal.receive(rated(0, Map.of("charge_cents", cents, "zone", "INTERSTATE")));
    }
    stage.journal.receive(rated(0, Map.of("charge_cents", 75, "service", "sms")));
    stage.journal.receive(rated(0, Map.of("minutes", "1.5")));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(
            "warp_spend_cents_total{account=\"acme\",service=\"voice\",zone=\"INTERSTATE\"}"
                + " 0.300000000001\n")
        .contains("warp_spend_cents_total{account=\"acme\",service=\"sms\",zone=\"\"} 75.0\n")
        .doesNotContain("service=\"voice\",zone=\"\"");
  }

  @Test
  void minutes_areBillableOrNotOrUnknown() {
    stage.journal.receive(
        rated(0, Map.of("minutes", "1.1", "billable", true, "trunk", "t1", "zone", "INTL")));
    stage.journal.receive(
        rated(0, Map.of("minutes", "2.2", "billable", true, "trunk", "t1", "zone", "INTL")));
    stage.journal.receive(rated(0, Map.of("minutes", "0.4", "billable", false, "trunk", "t1")));
    stage.journal.receive(rated(0, Map.of("minutes", "7", "charge_cents", "1")));
    stage.catchUp();
    String family = "warp_minutes_used_total{account=\"acme\",billable=\"";
    assertThat(stage.scrape())
        .contains(family + "true\",trunk=\"t1\",zone=\"INTL\"} 3.3\n")
        .contains(family + "false\",trunk=\"t1\",zone=\"\"} 0.4\n")
        .contains(family + "\",trunk=\"\",zone=\"\"} 7.0\n");
  }

  @Test
  void margin_isOfTheChargesWhoseCostIsKnown() {
    stage.journal.receive(rated(0, Map.of("charge_cents", "0.85", "vendor_cost_cents", "0.45")));
    stage.journal.receive(rated(9, Map.of("charge_cents", "1.15", "vendor_cost_cents", "0.55")));
    stage.journal.receive(rated(9, Map.of("charge_cents", "100")));
    stage.journal.receive(rated(9, Map.of("vendor_cost_cents", "100")));
    stage.journal.receive(rated(-86_400, Map.of("charge_cents", "100", "vendor_cost_cents", "1")));
    stage.journal.receive(
        rated(9, Map.of("trunk", "free", "charge_cents", "0", "vendor_cost_cents", "0.1")));
    stage.journal.receive(
        rated(9, Map.of("trunk", "loss", "charge_cents", "1", "vendor_cost_cents", "1.5")));
    stage.catchUp();
    // (2 - 1) / 2 and (1 - 1.5) / 1.
    assertThat(stage.scrape())
        .contains("warp_margin_percentage{account=\"acme\",trunk=\"\",zone=\"\"} 50.0\n")
        .contains("warp_margin_percentage_samples{account=\"acme\",trunk=\"\",zone=\"\"} 2.0\n")
        .contains("warp_margin_percentage{account=\"acme\",trunk=\"loss\",zone=\"\"} -50.0\n")
        .doesNotContain("free");
  }

  @Test
  void account_showsTheLatestOfEachFact() {
    stage.journal.receive(
        updated(
            20, Map.of("type", "prepaid", "balance_dollars", "27.53", "credit_limit_dollars", 0)));
    stage.journal.receive(
        updated(
            10,
            Map.of(
                "balance_dollars",
                "99",
                "credit_limit_dollars",
                50,
                "balance_alert_threshold_dollars",
                "12.5")));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains("warp_account_balance_dollars{account=\"acme\",type=\"prepaid\"} 27.53\n")
        .contains("warp_credit_limit_dollars{account=\"acme\"} 0.0\n")
        .contains("warp_balance_alert_threshold_dollars{account=\"acme\"} 12.5\n")
        .doesNotContain("warp_account_balance_dollars{account=\"acme\",type=\"\"}");
  }

  @Test
  void account_ofAnotherType_leavesNoSeriesBehind() {
    stage.journal.receive(updated(1, Map.of("balance_dollars", "5")));
    stage.journal.receive(updated(2, Map.of("type", "prepaid")));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains("warp_account_balance_dollars{account=\"acme\",type=\"prepaid\"} 5.0\n");
    stage.journal.receive(updated(3, Map.of("type", "postpaid", "balance_dollars", "-7.25")));
    stage.journal.receive(updated(2, Map.of("type", "prepaid", "balance_dollars", "6")));
    stage.catchUp();
    String scrape = stage.scrape();
    assertThat(scrape.lines().filter(line -> line.startsWith("warp_account_balance_dollars{")))
        .containsExactly("warp_account_balance_dollars{account=\"acme\",type=\"postpaid\"} -7.25");
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(scrape);
  }

  @Test
  void runway_isTheBalanceAtTheSpendingOfTheLastHour() {
    stage.journal.receive(rated(0, Map.of("charge_cents", "150")));
    stage.journal.receive(rated(50, Map.of("charge_cents", "50", "service", "sms")));
    // At 12:01 the last hour began after 11:01.
    stage.journal.receive(rated(-3540, Map.of("charge_cents", "999")));
    stage.journal.receive(updated(0, Map.of("balance_dollars", "9")));
    stage.journal.receive(updated(0, Map.of("account", "idle", "balance_dollars", "9")));
    stage.journal.receive(rated(0, Map.of("account", "unknown", "charge_cents", "1")));
    stage.journal.receive(rated(0, Map.of("account", "free", "charge_cents", "0")));
    stage.journal.receive(updated(0, Map.of("account", "free", "balance_dollars", "9")));
    stage.journal.receive(rated(0, Map.of("account", "owes", "charge_cents", "1")));
    stage.journal.receive(updated(0, Map.of("account", "owes", "balance_dollars", "-0.01")));
    stage.catchUp();
    String scrape = stage.scrape();
    assertThat(scrape.lines().filter(line -> line.startsWith("warp_balance_runway_hours{")))
        .containsExactly(
            "warp_balance_runway_hours{account=\"acme\"} 4.5",
            "warp_balance_runway_hours{account=\"owes\"} 0.0");
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(scrape);
  }
}
