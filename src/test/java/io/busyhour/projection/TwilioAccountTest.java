package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown of the Twilio account that is polled. */
class TwilioAccountTest {
  private static final String CALLS =
      "twilio_usage_amount{account=\"AC1\",category=\"calls\",usage_unit=\"minutes\"} ";
  private static final String SMS =
      "twilio_usage_amount{account=\"AC1\",category=\"sms\",usage_unit=\"minutes\"} ";

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void balance(String amount, String currency) {
    stage.journal.receive(
        List.of(
            said(
                "twilio.balance",
                NOON,
                Map.of("account", "AC1", "balance", amount, "currency", currency)),
            answered("fetch_balance", NOON)),
        false);
  }

  private static Occurrence answered(String operation, Instant at) {
    return said("twilio.answered", at, Map.of("account", "AC1", "operation", operation));
  }

  private void refused(String operation, String reason) {
    stage.journal.receive(
        said(
            "twilio.refused",
            NOON,
            Map.of("account", "AC1", "operation", operation, "reason", reason)));
  }

  /** A whole listing of the account: categories, each with its amount. */
  private void usage(String account, Object... listed) {
    List<Occurrence> occurrences = new ArrayList<>();
    for (int i = 0; i < listed.length; i += 2) {
      Map<String, Object> data =
          Map.of(
              "account",
              account,
              "category",
              listed[i],
              "usage",
              listed[i + 1],
              "usage_unit",
              "minutes",
              "price",
              "0.5",
              "price_unit",
              "usd");
      occurrences.add(said("twilio.usage", NOON, data));
    }
    Map<String, ?> whole = Map.of("account", account, "operation", "fetch_usage");
    occurrences.add(said("twilio.answered", NOON, whole));
    stage.journal.receive(occurrences, false);
  }

  private String scrape() {
    stage.catchUp();
    return stage.scrape();
  }

  @Test
  void balance_lastGoodOne_staysOverErrorsAndRestarts() {
    balance("127.4836", "USD");
    refused("fetch_balance", "unreadable");
    refused("fetch_balance", "unreadable");
    stage.catchUp();
    stage.restart();
    assertThat(scrape())
        .contains("twilio_account_balance{account=\"AC1\",currency=\"USD\"} 127.4836\n")
        .contains("twilio_last_success_timestamp_seconds{operation=\"fetch_balance\"} 1.795176E9\n")
        .contains(
            "twilio_api_errors_total{operation=\"fetch_balance\",reason=\"unreadable\"} 2.0\n")
        .contains("twilio_api_errors_total{operation=\"fetch_usage\",reason=\"timeout\"} 0.0\n");
  }

  @Test
  void balance_inAnotherCurrency_standsInTheOldOnesPlace() {
    balance("10", "USD");
    balance("9", "EUR");
    assertThat(scrape())
        .contains("twilio_account_balance{account=\"AC1\",currency=\"EUR\"} 9.0\n")
        .doesNotContain("currency=\"USD\"");
  }

  @Test
  void usage_notListedAnyMore_isZero() {
    usage("AC1", "calls", "311", "sms", 41);
    usage("AC2", "calls", "7");
    assertThat(scrape()).contains(CALLS + "311.0\n").contains(SMS + "41.0\n");
    usage("AC1", "sms", 2);
    assertThat(scrape())
        .contains(CALLS + "0.0\n")
        .contains(SMS + "2.0\n")
        .contains("twilio_usage_price{account=\"AC1\",category=\"calls\",price_unit=\"usd\"} 0.0\n")
        .contains(
            "twilio_usage_amount{account=\"AC2\",category=\"calls\",usage_unit=\"minutes\"} 7.0");
  }

  @Test
  void usage_notListedAfterARestart_isZero() {
    usage("AC1", "calls", "311", "sms", 41);
    stage.catchUp();
    stage.restart();
    usage("AC1", "sms", 41);
    assertThat(scrape()).contains(CALLS + "0.0\n").contains(SMS + "41.0\n");
  }

  @Test
  void usage_thatCouldNotBeRead_staysAsItWas() {
    usage("AC1", "calls", "311");
    refused("fetch_usage", "server_error");
    assertThat(scrape()).contains(CALLS + "311.0\n");
  }

  @Test
  void usage_zeroForLong_isIdle() {
    usage("AC1", "calls", "311", "sms", 41);
    usage("AC1", "sms", 41);
    stage.catchUp();
    for (int hour = 0; hour < 32; hour += 8) {
      stage.hand.turn(Duration.ofHours(8));
      usage("AC1", "sms", 41);
      stage.catchUp();
    }
    assertThat(scrape()).doesNotContain(CALLS).contains(SMS + "41.0\n");
  }

  @Test
  void goodValues_whileAskingIsInVain_neverBecomeIdle() {
    balance("10", "USD");
    usage("AC1", "calls", "311");
    for (int hour = 0; hour < 56; hour += 8) {
      stage.hand.turn(Duration.ofHours(8));
      refused("fetch_balance", "timeout");
      refused("fetch_usage", "timeout");
      stage.catchUp();
    }
    assertThat(scrape())
        .contains(CALLS + "311.0\n")
        .contains("twilio_account_balance{account=\"AC1\",currency=\"USD\"} 10.0\n")
        .contains("twilio_last_success_timestamp_seconds{operation=\"fetch_usage\"} ");
  }
}
