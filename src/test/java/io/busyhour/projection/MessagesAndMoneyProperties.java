package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.AccountEvent;
import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** A stretch of traffic in messages and money, in any order, gives the same scrape. */
class MessagesAndMoneyProperties {
  private static final int MOST_MESSAGES = 15;
  private static final long WITHIN_MILLIS = 29_000;

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void anyOrderAndRepetition_withinTheSettlingTime_givesTheSameScrape(@ForAll Random random) {
    List<Occurrence> traffic = traffic(random);
    String expected = scrape(traffic, random, false);
    List<Occurrence> again = new ArrayList<>(traffic);
    // A charge that comes again is known by its id to the journal, which is not on this stage.
    traffic.stream()
        .filter(said -> !(said.event() instanceof AccountEvent.Rated) && random.nextBoolean())
        .forEach(again::add);
    Collections.shuffle(again, random);
    assertThat(scrape(again, random, true)).isEqualTo(expected);
    assertThat(expected)
        .contains("warp_sms_sent_total{")
        .contains("warp_spend_cents_total{")
        .contains("warp_account_balance_dollars{");
  }

  /** What is shown in the end, of all but how late events came. */
  private static String scrape(List<Occurrence> traffic, Random random, boolean restarts) {
    try (Stage stage = new Stage()) {
      int restartAt = restarts ? random.nextInt(traffic.size()) : -1;
      for (int i = 0; i < traffic.size(); i++) {
        stage.journal.receive(traffic.get(i));
        stage.journal.pass(Duration.ofMillis(random.nextInt(2) * WITHIN_MILLIS / traffic.size()));
        if (i == restartAt) {
          stage.restart();
        }
      }
      stage.settle();
      return stage
          .scrape()
          .lines()
          .filter(line -> !line.startsWith("busyhour_ingest_delay_seconds"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static List<Occurrence> traffic(Random random) {
    List<Occurrence> traffic = new ArrayList<>();
    int messages = 1 + random.nextInt(MOST_MESSAGES);
    for (int i = 0; i < messages; i++) {
      traffic.addAll(message("m" + i, random));
    }
    for (int i = 0; i < 10; i++) {
      traffic.add(bill(random));
      traffic.add(account(random));
    }
    return traffic;
  }

  /** The events of one message, each of which may be missing or know less than the others. */
  private static List<Occurrence> message(String id, Random random) {
    List<Occurrence> story = new ArrayList<>();
    String carrier = pick(random, "att", "verizon");
    if (random.nextInt(4) > 0) {
      Map<String, Object> data = data("message_id", id);
      maybe(data, random, "account", "acme");
      maybe(data, random, "campaign", pick(random, "c1", "c2"));
      maybe(data, random, "brand", "b1");
      maybe(data, random, "carrier", carrier);
      maybe(data, random, "direction", pick(random, "inbound", "outbound"));
      maybe(data, random, "segments", random.nextInt(4));
      story.add(said("sms.sent", NOON.plusMillis(random.nextInt(70_000)), data));
    }
    for (String status : List.of("queued", "sent", "delivered", "undelivered", "failed", "read")) {
      if (random.nextInt(3) == 0) {
        Map<String, Object> data = data("message_id", id);
        data.put("status", status);
        maybe(data, random, "carrier", carrier);
        maybe(data, random, "error_code", id.equals("m1") ? "lost" : "30003");
        story.add(said("sms.status", NOON.plusMillis(random.nextInt(70_000)), data));
      }
    }
    return story;
  }

  private static Occurrence bill(Random random) {
    Map<String, Object> data = data("account", pick(random, "acme", "globex"));
    data.put("service", pick(random, "voice", "sms", "toll_free"));
    maybe(data, random, "zone", pick(random, "INTL", "LOCAL"));
    maybe(data, random, "trunk", "t1");
    maybe(data, random, "charge_cents", pick(random, "0.1", "0.2", "0.000000000003"));
    maybe(data, random, "vendor_cost_cents", pick(random, "0.1", "0.0000000007"));
    maybe(data, random, "minutes", pick(random, "0.1", "1.3"));
    maybe(data, random, "billable", random.nextBoolean());
    return said("billing.rated", NOON.minusSeconds(random.nextInt(90_000)), data);
  }

  private static Occurrence account(Random random) {
    Map<String, Object> data = data("account", pick(random, "acme", "globex"));
    maybe(data, random, "type", pick(random, "prepaid", "postpaid"));
    maybe(data, random, "balance_dollars", pick(random, "27.53", "-1.1"));
    maybe(data, random, "credit_limit_dollars", pick(random, "0", "500"));
    maybe(data, random, "balance_alert_threshold_dollars", "5");
    return said("account.updated", NOON.plusSeconds(random.nextInt(5)), data);
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  private static Map<String, Object> data(String name, Object value) {
    Map<String, Object> data = new HashMap<>();
    data.put(name, value);
    return data;
  }

  private static void maybe(Map<String, Object> data, Random random, String name, Object value) {
    if (random.nextInt(3) > 0) {
      data.put(name, value);
    }
  }
}
