package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What messages come to in the scrape, with figures computed by hand. */
class MessagesTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence sent(String message, double second, Map<String, ?> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.put("message_id", message);
    data.putIfAbsent("account", "acme");
    data.putIfAbsent("campaign", "c1");
    data.putIfAbsent("direction", "outbound");
    return said("sms.sent", NOON.plusMillis((long) (second * 1000)), data);
  }

  private static Occurrence status(
      String message, double second, String status, Map<String, ?> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.put("message_id", message);
    data.put("status", status);
    return said("sms.status", NOON.plusMillis((long) (second * 1000)), data);
  }

  private static final Map<String, ?> ATT = Map.of("carrier", "att");

  private static String reached(String status, String carrier) {
    return reached(status, carrier, "outbound");
  }

  private static String reached(String status, String carrier, String direction) {
    return ("warp_sms_sent_total{account=\"acme\",campaign=\"c1\",carrier=\"%s\","
            + "direction=\"%s\",status=\"%s\"} ")
        .formatted(carrier, direction, status);
  }

  private static String latency(String carrier, String part) {
    return "warp_sms_delivery_latency_seconds_%s{account=\"acme\",carrier=\"%s\"} "
        .formatted(part, carrier);
  }

  private static String latencyUpTo(String le) {
    return "warp_sms_delivery_latency_seconds_bucket{account=\"acme\",carrier=\"att\",le=\"%s\"} "
        .formatted(le);
  }

  private static String corrected(String what) {
    return "busyhour_corrections_total{what=\"message_%s\"} ".formatted(what);
  }

  @Test
  void message_withAllFacts_isCountedAtOnce() {
    stage.journal.receive(sent("m", 0, Map.of("carrier", "att", "segments", 3)));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(reached("pending", "att") + "1.0")
        .contains(reached("delivered", "att") + "0.0")
        .contains(reached("failed", "att") + "0.0")
        .contains(latency("att", "count") + "0")
        .contains("warp_sms_segments_total{account=\"acme\",campaign=\"c1\"} 3.0");
    stage.journal.receive(status("m", 0.4, "sent", ATT));
    stage.journal.receive(status("m", 1.9, "delivered", ATT));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(reached("pending", "att") + "1.0")
        .contains(reached("delivered", "att") + "1.0")
        .contains(reached("failed", "att") + "0.0")
        .contains(latencyUpTo("1.0") + "0")
        .contains(latencyUpTo("2.0") + "1")
        .contains(latency("att", "sum") + "1.5");
  }

  @Test
  void message_withoutCarrier_waitsToSettle() {
    stage.journal.receive(sent("m", 0, Map.of()));
    stage.journal.receive(status("m", 12, "delivered", Map.of()));
    stage.catchUp();
    assertThat(stage.scrape()).doesNotContain("warp_sms_sent_total{");
    stage.restart();
    stage.settle();
    assertThat(stage.scrape())
        .contains(reached("pending", "") + "1.0")
        .contains(reached("delivered", "") + "1.0")
        .contains(latency("", "sum") + "12.0")
        .contains(latency("", "count") + "1");
    stage.journal.receive(status("m", 13, "delivered", Map.of()));
    stage.settle();
    assertThat(stage.scrape())
        .contains(reached("delivered", "") + "1.0")
        .contains(latency("", "count") + "1");
  }

  @Test
  void message_ofWhichOnlyTheEndIsKnown_isCountedWithoutLabels() {
    stage.journal.receive(status("m", 0, "undelivered", Map.of("error_code", "30003")));
    stage.settle();
    assertThat(stage.scrape())
        .contains(
            "warp_sms_sent_total{account=\"\",campaign=\"\",carrier=\"\",direction=\"\","
                + "status=\"failed\"} 1.0")
        .contains(
            "warp_sms_errors_total{account=\"\",campaign=\"\",carrier=\"\",error_code=\"30003\"}"
                + " 1.0")
        .doesNotContain("status=\"pending\"")
        .doesNotContain("warp_sms_segments_total{");
  }

  @Test
  void error_isFiveDigitsOrOther() {
    String[] codes = {"30003", "30003", "3000", "+13035550123", "99999"};
    for (int i = 0; i < codes.length; i++) {
      stage.journal.receive(sent("m" + i, 0, ATT));
      stage.journal.receive(status("m" + i, 3, "undelivered", Map.of("error_code", codes[i])));
    }
    stage.journal.receive(sent("silent", 0, ATT));
    stage.journal.receive(status("silent", 3, "failed", Map.of()));
    stage.settle();
    String error =
        "warp_sms_errors_total{account=\"acme\",campaign=\"c1\",carrier=\"att\",error_code=\"";
    assertThat(stage.scrape())
        .contains(error + "30003\"} 2.0")
        .contains(error + "99999\"} 1.0")
        .contains(error + "other\"} 3.0")
        .contains(reached("failed", "att") + "6.0")
        .doesNotContain("303555");
  }

  @Test
  void error_ofAFailureWithoutCode_waitsForTheCode() {
    stage.journal.receive(sent("m", 0, ATT));
    stage.journal.receive(status("m", 3, "undelivered", Map.of()));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(reached("failed", "att") + "1.0")
        .doesNotContain("warp_sms_errors_total{");
    stage.journal.receive(status("m", 3, "failed", Map.of("error_code", "30005")));
    stage.settle();
    assertThat(stage.scrape())
        .contains("error_code=\"30005\"} 1.0")
        .doesNotContain("error_code=\"other\"")
        .contains(reached("failed", "att") + "1.0");
  }

  @Test
  void incoming_countsAsDelivered() {
    stage.journal.receive(
        sent("m", 0, Map.of("direction", "inbound", "carrier", "att", "segments", 1)));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(reached("delivered", "att", "inbound") + "1.0")
        .contains("warp_sms_segments_total{account=\"acme\",campaign=\"c1\"} 1.0")
        .doesNotContain("status=\"pending\"")
        .doesNotContain("warp_10dlc_throughput_per_second{");
  }

  @Test
  void read_countsAsDelivered_butSaysNotHowLongItTook() {
    stage.journal.receive(sent("m", 0, ATT));
    stage.journal.receive(status("m", 50, "read", ATT));
    stage.journal.receive(status("m", 0, "sent", ATT));
    stage.settle();
    assertThat(stage.scrape())
        .contains(reached("delivered", "att") + "1.0")
        .contains(latency("att", "count") + "0");
    stage.journal.receive(status("m", 7, "delivered", ATT));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(reached("delivered", "att") + "1.0")
        .contains(latency("att", "sum") + "7.0");
  }

  @Test
  void latency_isFromTheCarrierTakingIt_elseFromTheBeginning_afterATimeToWait() {
    stage.journal.receive(sent("m", 0, ATT));
    stage.journal.receive(status("m", 9, "delivered", ATT));
    stage.catchUp();
    assertThat(stage.scrape()).contains(latency("att", "count") + "0");
    stage.journal.receive(status("m", 5, "sent", ATT));
    stage.journal.receive(sent("n", 0, ATT));
    stage.journal.receive(status("n", 20, "delivered", ATT));
    stage.settle();
    assertThat(stage.scrape())
        .contains(latency("att", "count") + "2")
        .contains(latency("att", "sum") + "24.0")
        .contains(corrected("latency") + "0.0");
    stage.journal.receive(status("n", 19, "sent", ATT));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(latency("att", "sum") + "24.0")
        .contains(corrected("latency") + "1.0");
  }

  @Test
  void latency_ofClocksThatDisagree_isZero() {
    stage.journal.receive(sent("m", 0, ATT));
    stage.journal.receive(status("m", 5, "sent", ATT));
    stage.journal.receive(status("m", 4, "delivered", ATT));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(latency("att", "count") + "1")
        .contains(latency("att", "sum") + "0.0");
  }

  @Test
  void callback_carriesTheBeginning_butNotWhenItWas() {
    stage.journal.receive(List.of(sent("m", 0, Map.of("segments", 2))), true);
    stage.journal.receive(
        List.of(sent("m", 8, Map.of()), status("m", 8, "delivered", Map.of())), true);
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(reached("pending", "") + "1.0")
        .contains(reached("delivered", "") + "1.0")
        .contains("warp_sms_segments_total{account=\"acme\",campaign=\"c1\"} 2.0");
    stage.settle();
    assertThat(stage.scrape()).contains(latency("", "count") + "0");
    stage.journal.receive(List.of(sent("m", 2, Map.of()), status("m", 2, "sent", Map.of())), true);
    stage.catchUp();
    assertThat(stage.scrape()).contains(latency("", "sum") + "6.0");
  }

  @Test
  void latecomer_correctsAndIsNotCountedAgain() {
    stage.journal.receive(
        status("m", 3, "undelivered", Map.of("carrier", "att", "error_code", "30003")));
    stage.settle();
    stage.journal.receive(sent("m", 0, Map.of("carrier", "verizon", "segments", 2)));
    stage.journal.receive(sent("m", -1, Map.of("carrier", "verizon", "segments", 1)));
    stage.journal.receive(status("m", 2, "failed", Map.of("error_code", "30005")));
    stage.settle();
    assertThat(stage.scrape())
        .contains("status=\"failed\"} 1.0")
        .contains(reached("pending", "verizon") + "1.0")
        .contains(reached("failed", "verizon") + "0.0")
        .contains("warp_sms_segments_total{account=\"acme\",campaign=\"c1\"} 2.0")
        .contains("error_code=\"30003\"} 1.0")
        .doesNotContain("30005")
        .contains(corrected("labels") + "1.0")
        .contains(corrected("segments") + "1.0")
        .contains(corrected("error") + "1.0")
        .contains(corrected("latency") + "0.0");
  }

  @Test
  void carrier_knownOnlyAtTheEnd_isThatOfTheEnd() {
    stage.journal.receive(sent("m", 0, Map.of()));
    stage.settle();
    stage.journal.receive(status("m", 40, "delivered", ATT));
    stage.catchUp();
    assertThat(stage.scrape())
        .contains(reached("pending", "") + "1.0")
        .contains(reached("delivered", "") + "0.0")
        .contains(reached("delivered", "att") + "1.0")
        .contains(corrected("labels") + "1.0");
  }

  @Test
  void throughput_isOfTheLastMinute_andFollowsCorrections() {
    Map<String, ?> branded = Map.of("carrier", "att", "brand", "b1");
    // A scrape is made at 12:01:00: the minute began after 12:00:00.
    for (double second : new double[] {-1, 0.5, 1, 30, 59.9, 60.2}) {
      stage.journal.receive(sent("m" + second, second, branded));
    }
    stage.journal.receive(sent("noCampaign", 30, Map.of("campaign", "", "account", "other")));
    stage.catchUp();
    String family = "warp_10dlc_throughput_per_second{account=\"acme\",brand=\"b1\",campaign=\"";
    // 1, 30, 59.9 and, by the second, 60.2.
    assertThat(stage.scrape())
        .contains(family + "c1\"} " + 4 / 60.0)
        .doesNotContain("warp_10dlc_throughput_per_second{account=\"other\"");
    stage.journal.receive(
        sent("m1.0", 0.9, Map.of("carrier", "att", "brand", "b1", "campaign", "c2")));
    stage.journal.receive(
        sent("m30.0", 29, Map.of("carrier", "att", "brand", "b1", "campaign", "c2")));
    stage.journal.pass(Duration.ofSeconds(1));
    stage.catchUp();
    // The first is now said to have begun before the minute; the second is the other campaign's.
    assertThat(stage.scrape())
        .contains(family + "c1\"} " + 2 / 60.0)
        .contains(family + "c2\"} " + 1 / 60.0);
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
  }
}
