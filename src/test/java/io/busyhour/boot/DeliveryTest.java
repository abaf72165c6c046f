package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import io.busyhour.deliver.send.HostileReceiver;
import io.busyhour.deliver.send.HostileReceiver.Behaviour;
import io.busyhour.deliver.send.HostileReceiver.Got;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole server delivers to endpoints that behave in every way. */
class DeliveryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";
  private static final String SUBSCRIPTIONS = "/v1/webhooks/subscriptions";

  private static Running server;
  private static int partners;

  /** A partner with an endpoint, subscribed to ends of calls of an account of its own. */
  private record Partner(String name, String id, String secret, HostileReceiver endpoint) {}

  @BeforeAll
  static void start(@TempDir Path folder) {
    server =
        Running.start(
            folder,
            Map.of(
                "busyhour.webhook.allow-private", "true",
                "busyhour.webhook.schedule", "50ms",
                "busyhour.webhook.jitter", "0",
                "busyhour.webhook.max-attempts", "3",
                "busyhour.webhook.timeout", "500ms",
                "busyhour.webhook.lease", "5s",
                // So long a dead letter waits to be counted.
                "busyhour.calls.settle", "1s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Partner partner(Behaviour behaviour) {
    String name = "partner-" + ++partners;
    HostileReceiver endpoint = new HostileReceiver(behaviour);
    HttpResponse<String> answer =
        server.post(
            SUBSCRIPTIONS,
            JSON_TYPE,
            ("{\"partner_id\":\"%s\",\"url\":\"%s\",\"events\":[\"call.ended\"],"
                    + "\"accounts\":[\"%s\"]}")
                .formatted(name, endpoint.url("/hooks"), name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode made = read(answer.body());
    return new Partner(name, made.get("id").asText(), made.get("secret").asText(), endpoint);
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The end of a call of a partner's account. */
  private static void end(Partner partner, String call) {
    String event =
        "{\"specversion\":\"1.0\",\"source\":\"delivery\",\"id\":\"%s-%s\",\"type\":\"call.ended\","
            + "\"time\":\"%s\",\"data\":{\"call_id\":\"%s-%s\",\"account\":\"%s\","
            + "\"outcome\":\"busy\",\"from\":\"+13035550171\",\"note\":\"call +13035550172\"}}";
    String at = Instant.now().toString();
    String name = partner.name();
    HttpResponse<String> answer =
        server.post(JSON_TYPE, event.formatted(name, call, at, name, call, name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The only delivery to a partner, once it is in a state. */
  private static JsonNode delivery(Partner partner, String state) {
    String path = "/v1/webhooks/deliveries?partner=%s&state=%s".formatted(partner.name(), state);
    String found =
        server.until(path, answer -> !read(answer.body()).get("deliveries").isEmpty()).body();
    return server.json(
        "/v1/webhooks/deliveries/"
            + read(found).get("deliveries").get(0).get("delivery_id").asText());
  }

  private static void counts(Partner partner, String family, String labels, int count) {
    server.scrapeWith(
        "%s{event_type=\"call.ended\",partner_id=\"%s\"%s} %d.0"
            .formatted(family, partner.name(), labels, count));
  }

  @Test
  void endpoint_answers_getsASignedRequestThatItsLibraryTakes() throws Exception {
    Partner partner = partner(HostileReceiver.status(204));
    end(partner, "c1");
    JsonNode delivered = delivery(partner, "delivered");
    Got got = partner.endpoint().got().getFirst();
    assertThat(got.header("webhook-id")).isEqualTo(delivered.get("delivery_id").asText());
    new Webhook(partner.secret())
        .verify(got.body(), HttpHeaders.of(got.headers(), (name, value) -> true));
    JsonNode payload = read(got.body());
    assertThat(payload.get("type").asText()).isEqualTo("call.ended");
    assertThat(payload.get("data").get("call_id").asText()).isEqualTo(partner.name() + "-c1");
    assertThat(payload.get("data").get("from").asText()).isEqualTo("+1303555****");
    assertThat(got.body()).doesNotContain("5550172");
    assertThat(delivered.get("history")).hasSize(1);
    counts(partner, "webhook_queued_total", "", 1);
    counts(partner, "webhook_delivered_total", "", 1);
  }

  static Stream<Arguments> faults() {
    String date = "Thu, 01 Jan 1970 00:00:00 GMT";
    return Stream.of(
        Arguments.of("500", HostileReceiver.status(500), 500, 3, "exhausted"),
        Arguments.of("429", retryAfter(429, "0"), 429, 3, "exhausted"),
        Arguments.of("503 with a date", retryAfter(503, date), 503, 3, "exhausted"),
        Arguments.of("404", HostileReceiver.status(404), 404, 1, "refused"),
        Arguments.of("redirect", redirect(), 302, 3, "exhausted"),
        Arguments.of("hangs", HostileReceiver.hanging(), 0, 3, "exhausted"),
        Arguments.of("closes", HostileReceiver.closing(), 0, 3, "exhausted"),
        Arguments.of("resets", HostileReceiver.resetting(), 0, 3, "exhausted"),
        Arguments.of("drips", dripping(), 0, 3, "exhausted"),
        Arguments.of("no HTTP", HostileReceiver.raw("hello\r\n\r\n"), 0, 3, "exhausted"));
  }

  private static Behaviour retryAfter(int status, String value) {
    return HostileReceiver.answer(status, "Retry-After: " + value + "\r\n", "later");
  }

  private static Behaviour redirect() {
    return HostileReceiver.answer(302, "Location: http://localhost:1/\r\n", "");
  }

  /** The head of an answer, a byte at a time, for longer than an attempt may take. */
  private static Behaviour dripping() {
    return HostileReceiver.dripping("", "HTTP/1.1 200 OK", Duration.ofMillis(100), false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void endpoint_fails_endsInTheDeadLetters(
      String name, Behaviour behaviour, int status, int attempts, String reason) {
    Partner partner = partner(behaviour);
    end(partner, "c1");
    JsonNode dead = delivery(partner, "dead");
    assertThat(dead.get("reason").asText()).isEqualTo(reason);
    assertThat(dead.get("history")).hasSize(attempts);
    assertThat(dead.get("history"))
        .allSatisfy(one -> assertThat(one.get("status").asInt()).isEqualTo(status));
    assertThat(partner.endpoint().got())
        .extracting(got -> got.header("webhook-id"))
        .containsOnly(dead.get("delivery_id").asText());
    counts(partner, "webhook_failed_total", ",status_code=\"" + status + "\"", attempts);
    counts(partner, "webhook_dead_letter_total", "", 1);
    counts(partner, "webhook_delivered_total", "", 0);
    if (attempts > 1) {
      server.scrapeWith(
          "webhook_retry_attempts_total{attempt_number=\"2\",partner_id=\"%s\"} 1.0"
              .formatted(partner.name()));
    }
  }

  @Test
  void endpoint_sendsAGigabyte_isDeliveredTo() {
    Partner partner = partner(HostileReceiver.flooding(200, 1L << 30));
    end(partner, "c1");
    delivery(partner, "delivered");
    assertThat(partner.endpoint().written()).isLessThan(64 << 20);
  }

  @Test
  void endpoint_recovers_isDeliveredToByARetry() {
    Partner partner = partner(HostileReceiver.status(500));
    end(partner, "c1");
    server.until(
        "/metrics",
        answer ->
            answer.body().contains("status_code=\"500\"") && partner.endpoint().requests() > 0);
    partner.endpoint().behave(HostileReceiver.status(200));
    JsonNode delivered = delivery(partner, "delivered");
    assertThat(delivered.get("history").size()).isBetween(2, 3);
    counts(partner, "webhook_delivered_total", "", 1);
    counts(partner, "webhook_dead_letter_total", "", 0);
  }

  @Test
  void endpoint_isGone_endsTheSubscription() {
    Partner partner = partner(HostileReceiver.status(410));
    end(partner, "c1");
    assertThat(delivery(partner, "dead").get("reason").asText()).isEqualTo("gone");
    server.until(
        SUBSCRIPTIONS + "/" + partner.id(),
        answer -> read(answer.body()).get("state").asText().equals("ended"));
    end(partner, "c2");
    Partner witness = partner(HostileReceiver.status(200));
    end(witness, "c1");
    delivery(witness, "delivered");
    assertThat(partner.endpoint().requests()).isEqualTo(1);
  }

  @Test
  void deadLetter_redelivered_countsAsDelivered() {
    Partner partner = partner(HostileReceiver.status(404));
    end(partner, "c1");
    String id = delivery(partner, "dead").get("delivery_id").asText();
    partner.endpoint().behave(HostileReceiver.status(200));
    assertThat(
            server.post("/v1/webhooks/deliveries/" + id + "/redeliver", JSON_TYPE, "").statusCode())
        .isLessThan(300);
    JsonNode delivered = delivery(partner, "delivered");
    assertThat(delivered.get("delivery_id").asText()).isEqualTo(id);
    assertThat(delivered.get("history")).hasSize(2);
    counts(partner, "webhook_delivered_total", "", 1);
  }

  @Test
  void subscription_paused_waitsAndGoesOn() {
    Partner partner = partner(HostileReceiver.status(200));
    pause(partner, true);
    end(partner, "c1");
    end(partner, "c2");
    delivery(partner, "pending");
    Partner witness = partner(HostileReceiver.status(200));
    end(witness, "c1");
    delivery(witness, "delivered");
    assertThat(partner.endpoint().requests()).isZero();
    pause(partner, false);
    delivery(partner, "delivered");
    server.scrapeWith(
        "webhook_delivered_total{event_type=\"call.ended\",partner_id=\"%s\"} 2.0"
            .formatted(partner.name()));
  }

  private static void pause(Partner partner, boolean paused) {
    HttpResponse<String> answer =
        server.send(
            server
                .request(SUBSCRIPTIONS + "/" + partner.id())
                .header("Content-Type", JSON_TYPE)
                .method("PATCH", BodyPublishers.ofString("{\"paused\":" + paused + "}"))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void secret_rotated_signsWithBoth() throws Exception {
    Partner partner = partner(HostileReceiver.status(200));
    String rotated =
        server.post(SUBSCRIPTIONS + "/" + partner.id() + "/rotate-secret", JSON_TYPE, "").body();
    end(partner, "c1");
    delivery(partner, "delivered");
    Got got = partner.endpoint().got().getFirst();
    HttpHeaders headers = HttpHeaders.of(got.headers(), (name, value) -> true);
    for (String secret : List.of(partner.secret(), read(rotated).get("secret").asText())) {
      new Webhook(secret).verify(got.body(), headers);
    }
  }

  @Test
  void endpoint_keepsFailing_isLeftAlone() {
    Partner partner = partner(HostileReceiver.closing());
    for (int i = 0; i < 8; i++) {
      end(partner, "c" + i);
    }
    server.scrapeWith(
        "webhook_endpoint_state{partner_id=\"%s\",subscription_id=\"%s\"} 2.0"
            .formatted(partner.name(), partner.id()));
    assertThat(partner.endpoint().requests()).isBetween(5, 12);
  }

  @Test
  void account_ofTheCallAlone_isEnough() {
    Partner partner = partner(HostileReceiver.status(200));
    String call = partner.name() + "-looked-up";
    String begun =
        "{\"specversion\":\"1.0\",\"source\":\"delivery\",\"id\":\"%s-begun\","
            + "\"type\":\"call.initiated\",\"data\":{\"call_id\":\"%s\",\"account\":\"%s\"}}";
    server.post(JSON_TYPE, begun.formatted(call, call, partner.name()));
    String ended =
        "{\"specversion\":\"1.0\",\"source\":\"delivery\",\"id\":\"%s-ended\","
            + "\"type\":\"call.ended\",\"data\":{\"call_id\":\"%s\",\"outcome\":\"busy\"}}";
    server.post(JSON_TYPE, ended.formatted(call, call));
    delivery(partner, "delivered");
    assertThat(read(partner.endpoint().got().getFirst().body()).get("data").get("call_id").asText())
        .isEqualTo(call);
  }
}
