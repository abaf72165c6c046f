package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.poll.FakeTwilio;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks an account's balance and usage, from its settings to its scrape. */
class PollingTest {
  private static final String BALANCE =
      "twilio_account_balance{account=\"%s\",currency=\"USD\"} 127.4836"
          .formatted(FakeTwilio.ACCOUNT);
  private static final String CALLS =
      "twilio_usage_amount{account=\"%s\",category=\"calls\",usage_unit=\"minutes\"} 311.0"
          .formatted(FakeTwilio.ACCOUNT);
  private static final String PRICE =
      "twilio_usage_price{account=\"%s\",category=\"totalprice\",price_unit=\"usd\"} 4.118"
          .formatted(FakeTwilio.ACCOUNT);

  private static Running server(Path folder, URI twilio) {
    return Running.start(
        folder,
        Map.of(
            "busyhour.twilio.account-sid", FakeTwilio.ACCOUNT,
            "busyhour.twilio.auth-token", FakeTwilio.TOKEN,
            "busyhour.twilio.base-url", twilio.toString()));
  }

  @Test
  void answers_areScraped_andOutliveARestart(@TempDir Path folder) {
    URI gone;
    try (FakeTwilio twilio = new FakeTwilio();
        Running server = server(folder, twilio.uri())) {
      gone = twilio.uri();
      assertThat(server.scrapeWith(CALLS))
          .contains(BALANCE, PRICE)
          .contains("warp_account_balance_dollars{account=\"%s\"".formatted(FakeTwilio.ACCOUNT))
          .contains("busyhour_events_received_total{result=\"accepted\",source=\"twilio-api\"} 2.0")
          .doesNotContain(FakeTwilio.TOKEN);
    }
    try (Running server = server(folder, gone)) {
      assertThat(
              server.scrapeWith(
                  "twilio_api_errors_total{operation=\"fetch_usage\",reason=\"unreachable\"} 5.0"))
          .contains(BALANCE, CALLS, PRICE)
          .contains("twilio_last_success_timestamp_seconds{operation=\"fetch_usage\"} ");
    }
  }
}
