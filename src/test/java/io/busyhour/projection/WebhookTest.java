package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks that outside workers deliver, from journal to scrape. */
class WebhookTest {
  private static final String BOTH = "{event_type=\"call.ended\",partner_id=\"acme\"}";
  private static final String PARTNER = "{partner_id=\"acme\"}";

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence queued(String id, double second) {
    return queued(id, second, "acme");
  }

  private static Occurrence queued(String id, double second, String partner) {
    return said(
        "webhook.queued",
        at(second),
        Map.of("delivery_id", id, "event_type", "call.ended", "partner_id", partner));
  }

  private static Instant at(double second) {
    return NOON.plusMillis(Math.round(second * 1000));
  }

  /** An attempt that says what it was of. */
  private static Occurrence attempted(
      String id, double second, int attempt, String result, Integer status) {
    return attempted(id, second, attempt, result, status, "acme");
  }

  private static Occurrence attempted(
      String id, double second, int attempt, String result, Integer status, String partner) {
    Map<String, Object> data = bare(id, attempt, result);
    data.put("event_type", "call.ended");
    data.put("partner_id", partner);
    data.put("latency_seconds", 0.2);
    data.put("status_code", status);
    return said("webhook.attempted", at(second), data);
  }

  /** An attempt that does not. */
  private static Occurrence bareAttempt(String id, double second, int attempt, String result) {
    return said("webhook.attempted", at(second), bare(id, attempt, result));
  }

  private static Map<String, Object> bare(String id, int attempt, String result) {
    Map<String, Object> data = new HashMap<>();
    data.put("delivery_id", id);
    data.put("worker_id", "w1");
    data.put("attempt", attempt);
    data.put("result", result);
    return data;
  }

  private String counted(String series) {
    String start = series + " ";
    return stage
        .scrape()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse(null);
  }

  @Test
  void webhook_queued_mayStillEndInAnyWay() {
    stage.journal.receive(queued("d", 0));
    stage.journal.receive(queued("d", 0.5));
    stage.catchUp();
    assertThat(counted("webhook_queued_total" + BOTH)).isEqualTo("1.0");
    assertThat(counted("webhook_delivered_total" + BOTH)).isEqualTo("0.0");
    assertThat(counted("webhook_dead_letter_total" + BOTH)).isEqualTo("0.0");
    assertThat(counted("webhook_retry_exhausted_total" + PARTNER)).isEqualTo("0.0");
  }

  @Test
  void webhook_deliveredAtTheThirdAttempt_countsEachAttempt() {
    stage.journal.receive(queued("d", 0));
    stage.journal.receive(attempted("d", 1, 1, "failed", null));
    stage.journal.receive(attempted("d", 31, 2, "failed", 503));
    stage.journal.receive(attempted("d", 93.25, 3, "delivered", 204));
    stage.settle();
    String failed = "webhook_failed_total{event_type=\"call.ended\",partner_id=\"acme\",";
    assertThat(counted(failed + "status_code=\"0\"}")).isEqualTo("1.0");
    assertThat(counted(failed + "status_code=\"503\"}")).isEqualTo("1.0");
    assertThat(counted("webhook_delivered_total" + BOTH)).isEqualTo("1.0");
    assertThat(counted("webhook_dead_letter_total" + BOTH)).isEqualTo("0.0");
    String retries = "webhook_retry_attempts_total{attempt_number=\"%s\",partner_id=\"acme\"}";
    assertThat(counted(retries.formatted(1))).isNull();
    assertThat(counted(retries.formatted(2))).isEqualTo("1.0");
    assertThat(counted(retries.formatted(3))).isEqualTo("1.0");
    assertThat(counted("webhook_worker_processed_total{worker_id=\"w1\"}")).isEqualTo("3.0");
    assertThat(counted("webhook_delivery_latency_seconds_count" + PARTNER)).isEqualTo("3");
    assertThat(counted("webhook_delivery_latency_seconds_sum" + PARTNER)).isEqualTo("0.6");
    assertThat(counted("webhook_queue_processing_duration_seconds_sum" + PARTNER))
        .isEqualTo("93.25");
    assertThat(counted("webhook_queue_processing_duration_seconds_count" + PARTNER)).isEqualTo("1");
  }

  @Test
  void attemptNumber_isCapped() {
    for (int attempt : new int[] {1, 9, 10, 11, 1_000_000}) {
      stage.journal.receive(attempted("d", attempt, attempt, "failed", 500));
    }
    stage.catchUp();
    String retries = "webhook_retry_attempts_total{attempt_number=\"%s\",partner_id=\"acme\"}";
    assertThat(counted(retries.formatted("9"))).isEqualTo("1.0");
    assertThat(counted(retries.formatted("10+"))).isEqualTo("3.0");
    assertThat(stage.scrape().lines().filter(line -> line.startsWith("webhook_retry_attempts")))
        .hasSize(2);
  }

  @Test
  void deadLetter_countsWhenNoSuccessWasHeardOf() {
    stage.journal.receive(queued("d", 0));
    stage.journal.receive(attempted("d", 7, 5, "dead_letter", 410));
    stage.pass(Duration.ofSeconds(30).minusNanos(1000));
    assertThat(counted("webhook_dead_letter_total" + BOTH)).isEqualTo("0.0");
    assertThat(counted("webhook_queue_processing_duration_seconds_count" + PARTNER)).isNull();
    stage.restart();
    stage.pass(Duration.ofNanos(1000));
    assertThat(counted("webhook_dead_letter_total" + BOTH)).isEqualTo("1.0");
    assertThat(counted("webhook_retry_exhausted_total" + PARTNER)).isEqualTo("1.0");
    assertThat(counted("webhook_queue_processing_duration_seconds_sum" + PARTNER)).isEqualTo("7.0");
    // A success after all is one, and the counters stay as they are.
    stage.journal.receive(attempted("d", 3, 4, "delivered", 200));
    stage.settle();
    assertThat(counted("webhook_delivered_total" + BOTH)).isEqualTo("1.0");
    assertThat(counted("webhook_dead_letter_total" + BOTH)).isEqualTo("1.0");
    assertThat(counted("webhook_queue_processing_duration_seconds_sum" + PARTNER)).isEqualTo("7.0");
    assertThat(counted("busyhour_corrections_total{what=\"delivery_dead_letter\"}"))
        .isEqualTo("1.0");
    assertThat(counted("busyhour_corrections_total{what=\"delivery_processing\"}"))
        .isEqualTo("1.0");
  }

  @Test
  void deadLetter_ofWhatWasDelivered_isNone() {
    stage.journal.receive(queued("before", 0));
    stage.journal.receive(attempted("before", 1, 1, "delivered", 200));
    stage.journal.receive(attempted("before", 2, 2, "dead_letter", 400));
    stage.journal.receive(queued("after", 0));
    stage.journal.receive(attempted("after", 2, 2, "dead_letter", 400));
    stage.journal.receive(attempted("after", 1, 1, "delivered", 200));
    stage.settle();
    assertThat(counted("webhook_delivered_total" + BOTH)).isEqualTo("2.0");
    assertThat(counted("webhook_dead_letter_total" + BOTH)).isEqualTo("0.0");
    assertThat(counted("webhook_retry_exhausted_total" + PARTNER)).isEqualTo("0.0");
    assertThat(counted("webhook_queue_processing_duration_seconds_sum" + PARTNER)).isEqualTo("2.0");
  }

  @Test
  void attempt_thatDoesNotSayWhatItWasOf_waitsForItsDelivery() {
    stage.journal.receive(bareAttempt("d", 1, 1, "failed"));
    stage.journal.receive(bareAttempt("d", 2, 2, "delivered"));
    stage.catchUp();
    assertThat(stage.scrape()).doesNotContain("webhook_worker_processed_total{");
    stage.restart();
    stage.journal.receive(queued("d", 0));
    stage.catchUp();
    assertThat(counted("webhook_delivered_total" + BOTH)).isEqualTo("1.0");
    assertThat(counted(failedOf("call.ended", "acme"))).isEqualTo("1.0");
    assertThat(counted("webhook_worker_processed_total{worker_id=\"w1\"}")).isEqualTo("2.0");
    assertThat(counted("webhook_queue_processing_duration_seconds_sum" + PARTNER)).isEqualTo("2.0");
    // From now on nothing of it waits, and what waited is not counted again.
    stage.journal.receive(bareAttempt("d", 3, 3, "failed"));
    stage.settle();
    stage.restart();
    stage.settle();
    assertThat(counted(failedOf("call.ended", "acme"))).isEqualTo("2.0");
    assertThat(counted("webhook_worker_processed_total{worker_id=\"w1\"}")).isEqualTo("3.0");
  }

  private static String failedOf(String eventType, String partner) {
    return "webhook_failed_total{event_type=\"%s\",partner_id=\"%s\",status_code=\"0\"}"
        .formatted(eventType, partner);
  }

  @Test
  void attempts_whoseDeliveryStaysUnknown_countWithWhatIsKnown() {
    stage.journal.receive(bareAttempt("d", 1, 1, "failed"));
    stage.pass(Duration.ofSeconds(20));
    stage.journal.receive(bareAttempt("d", 21, 2, "dead_letter"));
    stage.pass(Duration.ofSeconds(10));
    assertThat(counted(failedOf("", ""))).as("the second waits still").isEqualTo("1.0");
    stage.restart();
    stage.pass(Duration.ofSeconds(20));
    assertThat(counted(failedOf("", ""))).isEqualTo("2.0");
    assertThat(counted("webhook_dead_letter_total{event_type=\"\",partner_id=\"\"}"))
        .isEqualTo("1.0");
    stage.journal.receive(queued("d", 0));
    stage.settle();
    assertThat(counted("webhook_queued_total" + BOTH)).isEqualTo("1.0");
    assertThat(counted("webhook_dead_letter_total" + BOTH)).isEqualTo("0.0");
    assertThat(counted("busyhour_corrections_total{what=\"delivery_labels\"}")).isEqualTo("1.0");
  }

  @Test
  void anyOrder_withinTheTimeToSettle_givesTheSameFigures() {
    Random random = new Random(3);
    IntStream.range(0, 40)
        .mapToObj(i -> day("p" + i + "p", random, i > 0))
        .forEach(day -> day.forEach(stage.journal::receive));
    stage.settle();
    Map<String, String> figures = byPartner();
    assertThat(figures).hasSize(40);
    assertThat(figures.values()).allMatch(figures.get("p0p")::equals);
    assertThat(figures.get("p0p"))
        .contains("webhook_queued_total{event_type=\"call.ended\",partner_id=\"*\"} 4.0")
        .contains("webhook_delivered_total{event_type=\"call.ended\",partner_id=\"*\"} 3.0")
        .contains("webhook_dead_letter_total{event_type=\"call.ended\",partner_id=\"*\"} 1.0")
        .contains("webhook_queue_processing_duration_seconds_count{partner_id=\"*\"} 4")
        .contains("webhook_queue_processing_duration_seconds_sum{partner_id=\"*\"} 77.0");
  }

  @Test
  void anyOrder_ofStoriesOfAllKinds_givesTheSameFigures() {
    int stories = 40;
    List<Occurrence> all = new ArrayList<>();
    for (int seed = 0; seed < stories; seed++) {
      for (int order = 0; order < 3; order++) {
        all.addAll(story("p%d0%dp".formatted(seed, order), new Random(seed)));
      }
    }
    Collections.shuffle(all, new Random(1));
    all.forEach(stage.journal::receive);
    stage.settle();
    Map<String, String> figures = byPartner();
    assertThat(figures).hasSizeGreaterThan(2 * stories);
    for (int seed = 0; seed < stories; seed++) {
      String first = figures.get("p%d00p".formatted(seed));
      assertThat(figures.get("p%d01p".formatted(seed))).as("story %d", seed).isEqualTo(first);
      assertThat(figures.get("p%d02p".formatted(seed))).as("story %d", seed).isEqualTo(first);
    }
  }

  /** One delivery: queued or not, at most one success, and any failures and dead letters. */
  private static List<Occurrence> story(String partner, Random random) {
    List<Occurrence> story = new ArrayList<>();
    for (int times = random.nextInt(3); times > 0; times--) {
      story.add(queued(partner, 0, partner));
    }
    List<String> results = new ArrayList<>(List.of("delivered", "failed", "failed"));
    results.addAll(List.of("dead_letter", "dead_letter"));
    for (String result : results) {
      int attempt = 1 + random.nextInt(12);
      int second = random.nextInt(100);
      boolean bare = random.nextBoolean();
      if (random.nextBoolean()) {
        story.add(
            bare
                ? bareAttempt(partner, second, attempt, result)
                : attempted(partner, second, attempt, result, 500, partner));
      }
    }
    return story;
  }

  /** The lines of each partner, as if they were of the same one. */
  private Map<String, String> byPartner() {
    return stage
        .scrape()
        .lines()
        .filter(line -> line.matches("webhook_.*partner_id=\"p\\d+p\".*"))
        .collect(
            Collectors.groupingBy(
                line -> line.replaceFirst(".*partner_id=\"(p\\d+p)\".*", "$1"),
                Collectors.mapping(
                    line -> line.replaceFirst("p\\d+p", "*"), Collectors.joining("\n"))));
  }

  private static List<Occurrence> day(String partner, Random random, boolean shuffled) {
    List<Occurrence> day = new ArrayList<>();
    List<Occurrence> repeatable = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      repeatable.add(queued(partner + i, i, partner));
    }
    day.addAll(repeatable);
    day.add(bareAttempt(partner + "0", 2, 1, "delivered"));
    day.add(attempted(partner + "1", 3, 1, "failed", 500, partner));
    day.add(attempted(partner + "1", 33, 2, "delivered", 200, partner));
    day.add(attempted(partner + "2", 4, 1, "failed", null, partner));
    day.add(bareAttempt(partner + "2", 34, 2, "dead_letter"));
    day.add(bareAttempt(partner + "3", 9, 5, "dead_letter"));
    day.add(attempted(partner + "3", 14, 6, "delivered", 202, partner));
    if (shuffled) {
      repeatable.stream().filter(one -> random.nextBoolean()).forEach(day::add);
      Collections.shuffle(day, random);
    }
    return day;
  }

  @Test
  void workers_thatAreThere_areShown_overARestartToo() {
    stage.journal.pass(Duration.ofSeconds(60));
    stage.journal.receive(heartbeat("w1", 40, 12, 7.5));
    stage.journal.receive(heartbeat("w2", 31, 15, null));
    stage.journal.receive(heartbeat("gone", 29, 99, 99.0));
    stage.journal.receive(heartbeat("w1", 20, 400, 400.0));
    stage.catchUp();
    assertThat(counted("webhook_active_workers")).isEqualTo("2.0");
    assertThat(counted("webhook_queue_size")).isEqualTo("15.0");
    assertThat(counted("webhook_queue_oldest_age_seconds")).isEqualTo("7.5");
    assertThat(counted("webhook_worker_uptime_seconds{worker_id=\"w1\"}")).isEqualTo("1040.0");
    assertThat(counted("webhook_worker_uptime_seconds{worker_id=\"gone\"}")).isEqualTo("1029.0");
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
  }

  private static Occurrence heartbeat(String worker, int second, int size, Double oldest) {
    Map<String, Object> data = new HashMap<>();
    data.put("worker_id", worker);
    data.put("uptime_seconds", 1000 + second);
    data.put("queue_size", size);
    data.put("oldest_age_seconds", oldest);
    return said("webhook.worker", NOON.plusSeconds(second), data);
  }
}
