package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Occurrence;
import io.busyhour.journal.FaultyDatabase.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timers of a dialer's requests, from journal to scrape. */
class DialerTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration MICRO = Duration.ofNanos(1000);
  private static final String LABELS =
      "{account=\"12\",caller_phone_type=\"Phone\",caller_session_type=\"Webui\","
          + "campaign=\"345\",campaign_type=\"predictive\"}";
  private static final String NO_LABELS =
      "{account=\"\",caller_phone_type=\"\",caller_session_type=\"\","
          + "campaign=\"\",campaign_type=\"\"}";

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Occurrence requested(String id, Instant at, String leg) {
    return requested(id, at, leg, "12");
  }

  private static Occurrence requested(String id, Instant at, String leg, String account) {
    return said(
        "dialer.requested",
        at,
        Map.of(
            "request_id", id,
            "leg", leg,
            "account", account,
            "campaign", "345",
            "campaign_type", "Predictive",
            "caller_session_id", "9981",
            "caller_session_type", "Webui",
            "caller_phone_type", "Phone"));
  }

  private static Occurrence responded(String id, Instant at, String result) {
    return said("dialer.responded", at, Map.of("request_id", id, "result", result));
  }

  private static Occurrence responded(String id, Instant at, String result, Integer status) {
    Map<String, Object> data = new HashMap<>(Map.of("request_id", id, "result", result));
    if (status != null) {
      data.put("http_status", status);
    }
    return said("dialer.responded", at, data);
  }

  private String counted(String family) {
    return counted(family, LABELS);
  }

  private String counted(String family, String labels) {
    String start = family + labels + " ";
    return stage
        .scrape()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse(null);
  }

  private String corrected(String what) {
    return counted("busyhour_corrections_total", "{what=\"" + what + "\"}");
  }

  @Test
  void request_aloneSoFar_isCountedAndMayStillEndInAnyWay() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.catchUp();
    assertThat(counted("dialer_requests_total")).isEqualTo("1.0");
    for (String other :
        List.of(
            "dialer_requests_completed_total",
            "dialer_requests_error_total",
            "dialer_responses_completed_total",
            "dialer_responses_error_total",
            "dialer_timers_abandoned_total")) {
      assertThat(counted(other)).as(other).isEqualTo("0.0");
    }
  }

  @Test
  void answer_isTimedFromRequestToResponse() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.journal.receive(responded("r", NOON.plusMillis(2_314), "answered", 200));
    stage.journal.receive(requested("s", NOON, "contact"));
    stage.journal.receive(responded("s", NOON.plusMillis(12), "answered", 200));
    stage.catchUp();
    assertThat(counted("dialer_requests_total")).isEqualTo("2.0");
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("2.0");
    assertThat(counted("dialer_requests_error_total")).isEqualTo("0.0");
    assertThat(counted("dialer_responses_completed_total")).isEqualTo("2.0");
    assertThat(counted("dialer_contact_answered_seconds_sum")).isEqualTo("2.326");
    assertThat(counted("dialer_contact_answered_seconds_count")).isEqualTo("2");
    String bucket = LABELS.replace("}", ",le=\"%s\"}");
    assertThat(counted("dialer_contact_answered_seconds_bucket", bucket.formatted("0.05")))
        .isEqualTo("1");
    assertThat(counted("dialer_contact_answered_seconds_bucket", bucket.formatted("1.0")))
        .isEqualTo("1");
    assertThat(counted("dialer_contact_answered_seconds_bucket", bucket.formatted("2.5")))
        .isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource({
    "contact,  answered, 200, dialer_contact_answered_seconds,  completed, completed",
    "contact,  busy,        , dialer_contact_busy_seconds,      completed, completed",
    "contact,  error,    500, dialer_contact_error_seconds,     error,     error",
    "contact,  redirect, 302, dialer_contact_redirect_seconds,  completed, completed",
    "transfer, answered, 399, dialer_transfer_answered_seconds, completed, completed",
    "transfer, busy,     400, dialer_transfer_busy_seconds,     completed, error",
    "transfer, error,    200, dialer_transfer_error_seconds,    error,     completed",
    "transfer, error,       , dialer_transfer_error_seconds,    error,     error",
    "transfer, redirect,    , dialer_transfer_redirect_seconds, completed, completed",
    "caller,   redirect, 200, dialer_caller_redirect_seconds,   completed, completed",
    "caller,   answered, 200, ,                                 completed, completed",
    "caller,   error,    404, ,                                 error,     error",
  })
  void result_ofALeg_isCounted(
      String leg, String result, Integer status, String family, String request, String response) {
    stage.journal.receive(requested("r", NOON, leg));
    stage.journal.receive(responded("r", NOON.plusMillis(700), result, status));
    stage.catchUp();
    for (String how : List.of("completed", "error")) {
      assertThat(counted("dialer_requests_" + how + "_total"))
          .isEqualTo(how.equals(request) ? "1.0" : "0.0");
      assertThat(counted("dialer_responses_" + how + "_total"))
          .isEqualTo(how.equals(response) ? "1.0" : "0.0");
    }
    List<String> timed =
        stage.scrape().lines().filter(line -> line.matches("dialer_\\w+_seconds_sum.*")).toList();
    assertThat(timed)
        .isEqualTo(family == null ? List.of() : List.of(family + "_sum" + LABELS + " 0.7"));
  }

  @Test
  void response_withoutRequest_waitsAndCountsWithoutLabels() {
    stage.journal.receive(responded("r", NOON.plusSeconds(1), "busy", 200));
    stage.catchUp();
    assertThat(stage.scrape()).doesNotContain("dialer_responses_completed_total{");
    stage.pass(Duration.ofSeconds(30));
    assertThat(counted("dialer_responses_completed_total", NO_LABELS)).isEqualTo("1.0");
    assertThat(stage.scrape()).doesNotContain("dialer_requests_total{");
    // Its request comes at last: it was answered all the same, and its time is known.
    stage.journal.receive(requested("r", NOON, "transfer"));
    stage.settle();
    assertThat(counted("dialer_requests_total")).isEqualTo("1.0");
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_transfer_busy_seconds_sum")).isEqualTo("1.0");
    assertThat(counted("dialer_responses_completed_total")).isEqualTo("0.0");
    assertThat(counted("dialer_responses_completed_total", NO_LABELS)).isEqualTo("1.0");
    assertThat(corrected("timer_labels")).isEqualTo("1.0");
  }

  @Test
  void request_withoutResponse_isGivenUpAtExactlyTheTimeout() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.pass(TIMEOUT.minus(MICRO));
    assertThat(counted("dialer_timers_abandoned_total")).isEqualTo("0.0");
    stage.pass(MICRO);
    assertThat(counted("dialer_timers_abandoned_total")).isEqualTo("1.0");
    assertThat(counted("dialer_requests_error_total")).isEqualTo("1.0");
    // However late, a response is a response; what was given up stays given up.
    stage.journal.receive(responded("r", NOON.plusSeconds(1), "answered", 200));
    stage.settle();
    assertThat(counted("dialer_responses_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_timers_abandoned_total")).isEqualTo("1.0");
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("0.0");
    assertThat(stage.scrape()).doesNotContain("dialer_contact_answered_seconds_count");
    assertThat(corrected("timer_abandoned")).isEqualTo("1.0");
  }

  @Test
  void response_lateByTheSendersClocks_isNoAnswer() {
    stage.journal.receive(requested("late", NOON, "contact"));
    stage.journal.receive(responded("late", NOON.plus(TIMEOUT), "answered", 200));
    stage.journal.receive(responded("just", NOON.plus(TIMEOUT).minus(MICRO), "answered", 200));
    stage.journal.receive(requested("just", NOON, "contact"));
    stage.settle();
    assertThat(counted("dialer_timers_abandoned_total")).isEqualTo("1.0");
    assertThat(counted("dialer_requests_error_total")).isEqualTo("1.0");
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_responses_completed_total")).isEqualTo("2.0");
    assertThat(counted("dialer_contact_answered_seconds_sum")).isEqualTo("119.999999");
    assertThat(corrected("timer_abandoned")).isEqualTo("0.0");
  }

  @Test
  void response_beforeItsRequestByTheClocks_tookNoTime() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.journal.receive(responded("r", NOON.minusSeconds(3), "busy", 200));
    stage.catchUp();
    assertThat(counted("dialer_contact_busy_seconds_sum")).isEqualTo("0.0");
    assertThat(counted("dialer_contact_busy_seconds_count")).isEqualTo("1");
  }

  @Test
  void timer_thatWaitsOverARestart_isStoppedOrGivenUpOnce() {
    stage.journal.receive(requested("stopped", NOON, "contact"));
    stage.journal.receive(requested("forgotten", NOON, "contact"));
    stage.journal.receive(responded("unasked", NOON, "redirect", 200));
    stage.catchUp();
    String before = stage.scrape();
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).isEqualTo(before);
    stage.journal.receive(responded("stopped", NOON.plusSeconds(4), "answered", 200));
    stage.catchUp();
    stage.restart();
    stage.pass(TIMEOUT);
    stage.restart();
    stage.pass(TIMEOUT);
    assertThat(counted("dialer_requests_total")).isEqualTo("2.0");
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_timers_abandoned_total")).isEqualTo("1.0");
    assertThat(counted("dialer_contact_answered_seconds_sum")).isEqualTo("4.0");
    assertThat(counted("dialer_responses_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_responses_completed_total", NO_LABELS)).isEqualTo("1.0");
  }

  @Test
  void everything_saidAgainAndAgain_isCountedOnce() {
    List<Occurrence> story =
        List.of(
            requested("r", NOON, "contact"),
            responded("r", NOON.plusSeconds(1), "answered", 200),
            requested("gone", NOON, "contact"));
    for (int round = 0; round < 3; round++) {
      story.forEach(stage.journal::receive);
      story.reversed().forEach(stage.journal::receive);
      stage.pass(TIMEOUT);
      stage.restart();
    }
    stage.catchUp();
    assertThat(counted("dialer_requests_total")).isEqualTo("2.0");
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_requests_error_total")).isEqualTo("1.0");
    assertThat(counted("dialer_timers_abandoned_total")).isEqualTo("1.0");
    assertThat(counted("dialer_responses_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_contact_answered_seconds_count")).isEqualTo("1");
    assertThat(stage.scrape()).doesNotContainPattern("corrections_total\\{what=\"\\w+\"} [1-9]");
  }

  @Test
  void earlierStatement_thatComesTooLate_isACorrection() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.journal.receive(responded("r", NOON.plusSeconds(5), "answered", 200));
    stage.journal.receive(responded("r", NOON.plusSeconds(2), "error", 500));
    stage.journal.receive(requested("r", NOON.minusSeconds(1), "contact", "other"));
    stage.settle();
    assertThat(counted("dialer_requests_total")).isEqualTo("1.0");
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_contact_answered_seconds_sum")).isEqualTo("5.0");
    assertThat(stage.scrape())
        .doesNotContain("account=\"other\"")
        .doesNotContain("dialer_contact_error_seconds_count");
    assertThat(corrected("timer_result")).isEqualTo("1.0");
    assertThat(corrected("timer_latency")).isEqualTo("2.0");
    assertThat(corrected("timer_labels")).isEqualTo("1.0");
  }

  @Test
  void request_thatTurnsOutToBeAnothers_keepsTheLabelsItWasCountedUnder() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.journal.receive(requested("r", NOON.minusSeconds(1), "contact", "other"));
    stage.catchUp();
    stage.restart();
    stage.journal.receive(responded("r", NOON.plusSeconds(1), "busy", 200));
    stage.settle();
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_contact_busy_seconds_sum")).isEqualTo("2.0");
    assertThat(stage.scrape()).doesNotContain("account=\"other\"");
  }

  @Test
  void batch_thatIsRolledBack_leavesNothingAndIsCountedOnce() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.catchUp();
    stage.l2met.clear();
    stage.database.set(Fault.COMMIT_FAILS);
    stage.journal.receive(responded("r", NOON.plusSeconds(1), "answered", 200));
    Stage.until(() -> stage.progress().failure() != null);
    assertThat(stage.l2met).isEmpty();
    stage.database.set(Fault.NONE);
    stage.catchUp();
    assertThat(counted("dialer_requests_completed_total")).isEqualTo("1.0");
    assertThat(counted("dialer_contact_answered_seconds_count")).isEqualTo("1");
    assertThat(stage.l2met).hasSize(3);
  }

  @Test
  void anyOrder_withinTheTimeToSettle_givesTheSameFigures() {
    Random random = new Random(11);
    List<List<Occurrence>> days =
        IntStream.range(0, 30).mapToObj(i -> day("p" + i + "p", random, i)).toList();
    days.forEach(day -> day.forEach(stage.journal::receive));
    stage.settle();
    stage.pass(TIMEOUT);
    Map<String, String> scrapes = byAccount("p\\d+p");
    assertThat(scrapes).hasSize(30);
    assertThat(scrapes.values()).allMatch(scrapes.get("p0p")::equals);
    assertThat(scrapes.get("p0p"))
        .contains("dialer_requests_total{account=\"*\"", "campaign_type=\"predictive\"} 6.0");
  }

  /** Six requests of one account in some order, some of it said twice. */
  private static List<Occurrence> day(String account, Random random, int shuffled) {
    List<String> results = List.of("answered", "busy", "error", "redirect", "answered");
    List<Occurrence> day = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String id = account + i;
      day.add(requested(id, NOON.plusSeconds(i), i % 2 == 0 ? "contact" : "transfer", account));
      Instant at = NOON.plusMillis(1_000 * i + 317 * i);
      day.add(responded(id, at, results.get(i), i == 2 ? 503 : 200));
    }
    day.add(requested(account + "lost", NOON, "contact", account));
    if (shuffled > 0) {
      List<Occurrence> again = day.stream().filter(one -> random.nextInt(3) == 0).toList();
      day.addAll(again);
      Collections.shuffle(day, random);
    }
    return day;
  }

  /** The lines of each account, as if they were of the same one. */
  private Map<String, String> byAccount(String pattern) {
    Function<String, String> account =
        line -> line.replaceFirst(".*account=\"(" + pattern + ")\".*", "$1");
    return stage
        .scrape()
        .lines()
        .filter(line -> line.matches("dialer_.*account=\"" + pattern + "\".*"))
        .collect(
            Collectors.groupingBy(
                account,
                Collectors.mapping(
                    line -> line.replace(account.apply(line), "*"), Collectors.joining("\n"))));
  }

  @Test
  void lines_areThoseThatLibratoKnows() {
    stage.journal.receive(requested("r", NOON, "contact"));
    stage.journal.receive(responded("r", NOON.plusMillis(12), "answered", 200));
    stage.journal.receive(requested("c", NOON, "caller"));
    stage.journal.receive(responded("c", NOON.plusNanos(1_500_000), "answered", 404));
    stage.journal.receive(responded("alone", NOON, "error"));
    stage.catchUp();
    stage.journal.receive(requested("lost", NOON, "transfer"));
    stage.pass(TIMEOUT);
    String source = "source=web1.12.345.9981.predictive.Webui.Phone ";
    assertThat(stage.l2met)
        .containsExactly(
            source + "count#dialer.requests.total=1",
            source + "count#dialer.requests.completed=1",
            source + "sample#dialer.contact.answered=12ms",
            source + "count#dialer.responses.completed=1",
            source + "count#dialer.requests.total=1",
            source + "count#dialer.requests.completed=1",
            source + "count#dialer.responses.error=1",
            source + "count#dialer.requests.total=1",
            "source=web1.-.-.-.-.-.- count#dialer.responses.error=1",
            source + "count#dialer.requests.error=1");
    stage.restart();
    stage.pass(TIMEOUT);
    assertThat(stage.l2met).as("lines are not written again").hasSize(10);
  }

  @Test
  void lines_ofWork_countEachJobOnce() {
    stage.journal.receive(
        said("autoscale.done", NOON, Map.of("process", "dialer_worker", "action", "up")));
    stage.journal.receive(
        said(
            "autoscale.done",
            NOON,
            Map.of("process", "a b.c", "action", "none", "error", "no answer")));
    for (String status : List.of("started", "completed")) {
      stage.journal.receive(
          said(
              "job.done",
              NOON,
              Map.of("process", "billing", "job_name", "debit_job", "status", status)));
    }
    stage.catchUp();
    assertThat(stage.l2met)
        .containsExactly(
            "source=web1 count#autoscale.dialer_worker.total=1",
            "source=web1 count#autoscale.dialer_worker.up=1",
            "source=web1 count#autoscale.a_b_c.total=1",
            "source=web1 count#autoscale.a_b_c.error=1",
            "source=web1 count#billing.jobs=1",
            "source=web1 count#billing.debit_job.jobs=1");
  }
}
