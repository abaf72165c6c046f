package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.journal.HandClock;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions and deliveries as a whole server shows them. */
class WebhookViewsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long NOON_MICROS = NOON.getEpochSecond() * 1_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUBSCRIPTIONS = "/v1/webhooks/subscriptions";
  private static final String DELIVERIES = "/v1/webhooks/deliveries";
  private static final String ADMIN = "admin-token";
  private static final String SEER = "seer-token";
  private static final String READER = "reader-token";
  private static final String GOOD =
      "{\"partner_id\":\"acme\",\"url\":\"https://hooks.example.com/a\","
          + "\"events\":[\"sms.status\",\"call.ended\"],\"trunks\":[\"t1\"]}";

  private static final List<String> LOGGED = Collections.synchronizedList(new ArrayList<>());
  private static final Handler LISTENER =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          LOGGED.add(line.getMessage() + Arrays.toString(line.getParameters()) + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  // Held, or it and its level may be forgotten.
  private static final Logger ACCESS = Logger.getLogger("busyhour.access");

  private static Running server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Path tokens = folder.resolve("tokens");
    Files.writeString(
        tokens,
        line("admin", "admin", ADMIN)
            + line("seer", "admin,pii", SEER)
            + line("reader", "read,ingest,pii", READER));
    server =
        Running.start(
            folder,
            Map.of(
                "busyhour.tokens",
                tokens.toString(),
                "busyhour.log.access",
                "true",
                "busyhour.log.levels",
                "busyhour.access=info"),
            new HandClock(NOON).clock());
    // The first server of a process takes handlers and levels away.
    Logger.getLogger("").addHandler(LISTENER);
    ACCESS.setLevel(Level.INFO);
  }

  @AfterAll
  static void stop() {
    server.close();
    Logger.getLogger("").removeHandler(LISTENER);
  }

  @BeforeEach
  void clear() {
    run("delete from webhook_subscriptions");
    run("delete from webhook_outbox");
  }

  private static String line(String name, String roles, String token) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    return "%s %s %s%n".formatted(name, roles, HexFormat.of().formatHex(digest));
  }

  private static void run(String sql) {
    try (Connection connection = Busyhour.core().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> ask(String token, String method, String path, String body) {
    return server.send(
        server
            .request(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> get(String path) {
    return ask(ADMIN, "GET", path, "");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static String create(String body) {
    HttpResponse<String> answer = ask(SEER, "POST", SUBSCRIPTIONS, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("id").asText();
  }

  private static String shown(String id, String url, String state, String more) {
    return ("{\"id\":\"%s\",\"partner_id\":\"acme\",\"url\":\"%s\",\"events\":[\"call.ended\","
            + "\"sms.status\"],\"accounts\":[],\"trunks\":[\"t1\"],\"numbers_shown\":false,"
            + "\"per_second\":0,\"state\":\"%s\",\"created_at\":\"2026-11-20T12:00:00Z\"%s}")
        .formatted(id, url, state, more);
  }

  @Test
  void secret_isShownOnceAndNeverLogged() {
    HttpResponse<String> made = ask(ADMIN, "POST", SUBSCRIPTIONS, GOOD);
    assertThat(made.statusCode()).isEqualTo(201);
    String id = json(made).path("id").asText();
    String first = json(made).path("secret").asText();
    String url = "https://hooks.example.com/a";
    assertThat(made.headers().firstValue("Location").orElseThrow()).endsWith("/" + id);
    assertThat(made.body())
        .isEqualTo(shown(id, url, "active", ",\"secret\":\"%s\"".formatted(first)));

    HttpResponse<String> rotated = ask(ADMIN, "POST", one(id) + "/rotate-secret", "");
    String second = json(rotated).path("secret").asText();
    String until = ",\"old_secret_until\":\"2026-11-21T12:00:00Z\"";
    assertThat(second).startsWith("whsec_").isNotEqualTo(first);
    assertThat(rotated.body())
        .isEqualTo(shown(id, url, "active", until + ",\"secret\":\"%s\"".formatted(second)));

    HttpResponse<String> changed =
        ask(
            ADMIN,
            "PATCH",
            one(id),
            "{\"paused\":true,\"url\":\"http://hooks.example.com:8443/b?c=d\"}");
    String after = shown(id, "http://hooks.example.com:8443/b?c=d", "paused", until);
    assertThat(changed.body()).isEqualTo(after);
    assertThat(get(one(id)).body()).isEqualTo(after);
    assertThat(get(SUBSCRIPTIONS).body())
        .isEqualTo("{\"subscriptions\":[%s],\"next_cursor\":null}".formatted(after));

    HttpResponse<String> deleted = ask(ADMIN, "DELETE", one(id), "");
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    List<String> logged = List.copyOf(LOGGED);
    assertThat(logged).anyMatch(text -> text.contains("rotate-secret"));
    assertThat(logged).noneMatch(text -> text.contains("whsec"));
  }

  private static String one(String id) {
    return SUBSCRIPTIONS + "/" + id;
  }

  @Test
  void list_goesOnWhereAPageEnded() {
    String other = create(GOOD.replace("acme", "beta"));
    List<String> made = List.of(create(GOOD), create(GOOD), create(GOOD));
    JsonNode first = json(get(SUBSCRIPTIONS + "?partner=acme&limit=2"));
    String cursor = first.path("next_cursor").asText();
    JsonNode last = json(get(SUBSCRIPTIONS + "?partner=acme&limit=2&cursor=" + cursor));
    assertThat(last.path("next_cursor").isNull()).isTrue();
    List<String> read = new ArrayList<>(first.path("subscriptions").findValuesAsText("id"));
    read.addAll(last.path("subscriptions").findValuesAsText("id"));
    assertThat(read).containsExactlyInAnyOrderElementsOf(made).doesNotContain(other);
    assertThat(get(SUBSCRIPTIONS + "?cursor=there").body())
        .isEqualTo(refusal("invalid_value", "cursor must be the next_cursor of an answer."));
  }

  private static String refusal(String reason, String message) {
    return "{\"error\":\"%s\",\"message\":\"%s\"}".formatted(reason, message.replace("\"", "\\\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|malformed_json|The body is no JSON, or names a field twice.",
        "[]|wrong_type|The body must be a JSON object.",
        "{\"url\":\"a\",\"url\":\"b\"}|malformed_json|The body is no JSON, or names a field twice.",
        "`{}`|missing_field|subscription needs partner_id",
        "``|missing_field|subscription needs partner_id",
        "{\"partner_id\":7}|wrong_type|" + "subscription: partner_id: \"7\" (expected: a text)",
        "{\"partner_id\":\"p\",\"secret\":\"mine\"}|invalid_value|subscription: \"secret\" is no"
            + " field of it (expected: partner_id, url, events, accounts, trunks, numbers_shown,"
            + " per_second)",
        "{\"partner_id\":\"p\",\"accounts\":null}|wrong_type|"
            + "subscription: accounts: null (expected: a value, or to be left out)",
        "{\"partner_id\":\"p\"}|missing_field|subscription needs url",
        "{\"partner_id\":\"p\",\"url\":\"https://a.example\"}|missing_field|"
            + "subscription needs events",
        "{\"partner_id\":\"p\",\"url\":\"https://a.example\",\"events\":[]}|invalid_value|"
            + "subscription: events: \"[]\" (expected: at least one)",
        "{\"partner_id\":\"p\",\"url\":\"https://a.example\",\"events\":\"call.ended\"}|wrong_type|"
            + "subscription: events: \"call.ended\" (expected: a list)",
        "{\"partner_id\":\"p\",\"url\":\"https://a.example\",\"events\":[\"call.ended\"],"
            + "\"per_second\":-1}|invalid_value|"
            + "subscription: per_second: \"-1\" (expected: 0 to 100000)",
        "{\"partner_id\":\"p\",\"url\":\"https://a.example\",\"events\":[\"call.ended\"],"
            + "\"trunks\":[\"\"]}|invalid_value|"
            + "subscription: trunks: \"\" (expected: no empty text in it)",
      })
  void create_badBody_isRefusedWithTheRule(String body, String reason, String message) {
    HttpResponse<String> answer = ask(ADMIN, "POST", SUBSCRIPTIONS, body == null ? "" : body);
    assertThat(answer.body()).isEqualTo(refusal(reason, message));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(get(SUBSCRIPTIONS)).path("subscriptions")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "hooks.example.com, hooks.example.com",
    "ftp://hooks.example.com, ftp://hooks.example.com",
    "https:///calls, https:///calls",
    "https://u:hush@hooks.example.com/, ***@hooks.example.com/",
    "https://hooks.example.com/#here, https://hooks.example.com/#here",
    "https://hooks.example.com:70000/, https://hooks.example.com:70000/",
    "https://a b/, https://a b/"
  })
  void create_badUrl_isRefusedWithoutItsPassword(String url, String shown) {
    HttpResponse<String> answer =
        ask(ADMIN, "POST", SUBSCRIPTIONS, GOOD.replace("https://hooks.example.com/a", url));
    assertThat(answer.body())
        .isEqualTo(
            refusal(
                "invalid_value",
                "subscription: url: \"%s\" (expected: an absolute http or https URL with a host,"
                        .formatted(shown)
                    + " without user name, password and fragment, of at most 2048 characters)"));
  }

  @Test
  void create_tooMuch_isRefused() {
    String longest = "https://hooks.example.com/" + "a".repeat(2048 - 26);
    create(GOOD.replace("https://hooks.example.com/a", longest));
    String longer = GOOD.replace("https://hooks.example.com/a", longest + "a");
    assertThat(ask(ADMIN, "POST", SUBSCRIPTIONS, longer).statusCode()).isEqualTo(400);
    String many = GOOD.replace("[\"sms", "[" + "\"call.ended\",".repeat(60) + "\"sms");
    assertThat(ask(ADMIN, "POST", SUBSCRIPTIONS, many).body())
        .startsWith(
            "{\"error\":\"invalid_value\",\"message\":\"subscription: events: \\\"62 elements\\\""
                + " (expected: at most ");
    assertThat(ask(ADMIN, "POST", SUBSCRIPTIONS, " ".repeat(300_000)).statusCode()).isEqualTo(413);
    assertThat(json(get(SUBSCRIPTIONS)).path("subscriptions")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"call.end", "webhook.attempted", "statsd.counted", "twilio.balance"})
  void create_eventThatNobodyMaySubscribeTo_saysWhichThereAre(String type) {
    HttpResponse<String> answer =
        ask(ADMIN, "POST", SUBSCRIPTIONS, GOOD.replace("sms.status", type));
    assertThat(answer.body())
        .startsWith(
            ("{\"error\":\"unknown_type\",\"message\":\"subscription: events: \\\"%s\\\" (expected:"
                    + " any of account.updated, alert.firing, alert.resolved, ")
                .formatted(type));
  }

  @Test
  void numbers_areShownOnlyByWhomMaySeeThem() {
    String body = GOOD.replace("}", ",\"numbers_shown\":true}");
    String forbidden =
        refusal(
            "forbidden",
            "Whoever sets up where whole phone numbers are sent needs a token with the role pii,"
                + " too.");
    assertThat(ask(ADMIN, "POST", SUBSCRIPTIONS, body).body()).isEqualTo(forbidden);
    String id = create(body);
    // Or they would be sent to wherever an admin likes.
    assertThat(ask(ADMIN, "PATCH", one(id), "{\"url\":\"https://b.example\"}").body())
        .isEqualTo(forbidden);
    assertThat(json(get(one(id))).path("url").asText()).isEqualTo("https://hooks.example.com/a");
    assertThat(ask(ADMIN, "PATCH", one(id), "{\"paused\":true}").statusCode()).isEqualTo(200);
    assertThat(ask(ADMIN, "PATCH", one(id), "{\"numbers_shown\":false}").statusCode())
        .isEqualTo(200);
    assertThat(ask(ADMIN, "PATCH", one(id), "{\"numbers_shown\":true}").body())
        .isEqualTo(forbidden);
    assertThat(ask(SEER, "PATCH", one(id), "{\"numbers_shown\":true}").statusCode()).isEqualTo(200);
  }

  @Test
  void patch_bad_changesNothing() {
    String id = create(GOOD);
    String before = get(one(id)).body();
    assertThat(ask(ADMIN, "PATCH", one(id), "{}").body())
        .isEqualTo(
            refusal(
                "missing_field",
                "The body says nothing to change (expected: any of paused, events, url, accounts,"
                    + " trunks, numbers_shown, per_second)."));
    assertThat(ask(ADMIN, "PATCH", one(id), "{\"paused\":true,\"per_second\":\"7\"}").body())
        .isEqualTo(
            refusal("wrong_type", "subscription: per_second: \"7\" (expected: a whole number)"));
    assertThat(ask(ADMIN, "PATCH", one(id), "{\"partner_id\":\"b\"}").statusCode()).isEqualTo(400);
    assertThat(get(one(id)).body()).isEqualTo(before);
  }

  @Test
  void subscription_thatIsNotThere_isNotFound() {
    String none = refusal("not_found", "There is no subscription of this id.");
    assertThat(get(one("sub_0")).body()).isEqualTo(none);
    assertThat(ask(ADMIN, "PATCH", one("sub_0"), "{\"paused\":true}").body()).isEqualTo(none);
    assertThat(ask(ADMIN, "POST", one("sub_0") + "/rotate-secret", "").body()).isEqualTo(none);
    HttpResponse<String> deleted = ask(ADMIN, "DELETE", one("sub_0"), "");
    assertThat(deleted.body()).isEqualTo(none);
    assertThat(deleted.statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/webhooks/subscriptions",
    "GET, /v1/webhooks/subscriptions",
    "GET, /v1/webhooks/subscriptions/x",
    "PATCH, /v1/webhooks/subscriptions/x",
    "DELETE, /v1/webhooks/subscriptions/x",
    "POST, /v1/webhooks/subscriptions/x/rotate-secret",
    "GET, /v1/webhooks/deliveries",
    "GET, /v1/webhooks/deliveries/x",
    "POST, /v1/webhooks/deliveries/x/redeliver",
    "POST, /v1/webhooks/dead-letters/redeliver"
  })
  void path_isForAdminsOnly(String method, String path) {
    assertThat(ask(READER, method, path, "").statusCode()).isEqualTo(403);
    assertThat(ask("guessed", method, path, "").statusCode()).isEqualTo(401);
  }

  /** A delivery that was queued so many seconds before noon. */
  private static void delivery(String id, String subscription, String state, int before) {
    boolean dead = state.equals("DEAD");
    run(
        ("insert into webhook_outbox (delivery_id, subscription_id, partner_id, event_type,"
                + " payload, state, queued_at, due_at, attempts, spent, history, done_at, reason)"
                + " values ('%s', '%s', 'acme', 'call.initiated', '%s', '%s', %d, %s, 2, 0, '%s',"
                + " %s, %s)")
            .formatted(
                id,
                subscription,
                "{\"type\":\"call.initiated\",\"timestamp\":\"2026-11-20T11:00:00Z\",\"data\":"
                    + "{\"call_id\":\"c1\",\"from\":\"+13035550123\",\"note\":\"13035550123\"}}",
                state,
                NOON_MICROS - before * 1_000_000L,
                // Not yet: nobody takes it meanwhile.
                dead ? "null" : NOON_MICROS + 3_600_000_000L,
                "[{\"at\":\"2026-11-20T11:00:01Z\",\"status\":500,\"latency_seconds\":0.012,"
                    + "\"answer\":\"who is +13035550123\"},{\"at\":\"2026-11-20T11:00:31Z\","
                    + "\"status\":0,\"latency_seconds\":10.0,\"failure\":\"timeout\"}]",
                dead ? NOON_MICROS - 1 : "null",
                dead ? "'attempts'" : "null"));
  }

  private static String row(String id, String subscription, String queued, String rest) {
    return ("{\"delivery_id\":\"%s\",\"subscription_id\":\"%s\",\"partner_id\":\"acme\","
            + "\"event_type\":\"call.initiated\",%s,\"queued_at\":\"%s\",%s")
        .formatted(id, subscription, rest.split("/", -1)[0], queued, rest.split("/", -1)[1]);
  }

  private static String dead(String id, String subscription, String queued) {
    return row(
        id,
        subscription,
        queued,
        "\"state\":\"dead\"/\"due_at\":null,\"attempts\":2,"
            + "\"done_at\":\"2026-11-20T11:59:59.999999Z\",\"reason\":\"attempts\"");
  }

  private static String pending(String id, String subscription, String queued) {
    return row(
        id,
        subscription,
        queued,
        "\"state\":\"pending\"/\"due_at\":\"2026-11-20T13:00:00Z\",\"attempts\":2,"
            + "\"done_at\":null,\"reason\":null");
  }

  @Test
  void deliveries_areNewestFirst() {
    String id = create(GOOD);
    delivery("d1", id, "DEAD", 3);
    delivery("d2", id, "PENDING", 2);
    delivery("d3", "other", "DEAD", 1);
    String first = dead("d1", id, "2026-11-20T11:59:57Z") + "}";
    String second = pending("d2", id, "2026-11-20T11:59:58Z") + "}";
    String third = dead("d3", "other", "2026-11-20T11:59:59Z") + "}";
    String all = "{\"deliveries\":[%s],\"next_cursor\":null}";
    assertThat(get(DELIVERIES).body())
        .isEqualTo(all.formatted(String.join(",", third, second, first)));
    assertThat(get(DELIVERIES + "?state=pending").body()).isEqualTo(all.formatted(second));
    assertThat(get(DELIVERIES + "?state=dead&partner=acme&subscription=" + id).body())
        .isEqualTo(all.formatted(first));
    assertThat(get(DELIVERIES + "?event_type=call.ended").body()).isEqualTo(all.formatted(""));
    JsonNode page = json(get(DELIVERIES + "?limit=2"));
    assertThat(page.path("next_cursor").asText()).isEqualTo("2026-11-20T11:59:58Z,d2");
    assertThat(get(DELIVERIES + "?cursor=2026-11-20T11:59:58Z,d2").body())
        .isEqualTo(all.formatted(first));
    assertThat(get(DELIVERIES + "?state=lost").body())
        .isEqualTo(refusal("invalid_value", "state must be one of pending, delivered, dead."));
    assertThat(get(DELIVERIES + "?limit=0").body())
        .isEqualTo(refusal("invalid_value", "limit must be a whole number from 1 to 1000."));
  }

  @Test
  void delivery_showsItsAttemptsAndNumbersToThoseWhoMaySeeThem() {
    delivery("d1", "gone", "DEAD", 3);
    String expected =
        dead("d1", "gone", "2026-11-20T11:59:57Z")
            + ",\"payload\":{\"type\":\"call.initiated\",\"timestamp\":\"2026-11-20T11:00:00Z\","
            + "\"data\":{\"call_id\":\"c1\",\"from\":\"+13035550123\",\"note\":\"13035550123\"}},"
            + "\"history\":[{\"at\":\"2026-11-20T11:00:01Z\",\"status\":500,"
            + "\"latency_seconds\":0.012,\"answer\":\"who is +13035550123\"},"
            + "{\"at\":\"2026-11-20T11:00:31Z\",\"status\":0,\"latency_seconds\":10.0,"
            + "\"failure\":\"timeout\"}]}";
    assertThat(ask(SEER, "GET", DELIVERIES + "/d1", "").body()).isEqualTo(expected);
    assertThat(get(DELIVERIES + "/d1").body())
        .isEqualTo(expected.replaceAll("3035550123", "303555****"));
    assertThat(get(DELIVERIES + "/d2").body())
        .isEqualTo(refusal("not_found", "There is no delivery of this id, or not any more."));
  }

  @Test
  void redeliver_makesADeadLetterPending() {
    String id = create(GOOD);
    ask(ADMIN, "PATCH", one(id), "{\"paused\":true}"); // or it is taken before the answer is made
    delivery("d1", id, "DEAD", 3);
    assertThat(ask(ADMIN, "POST", DELIVERIES + "/d1/redeliver", "").body())
        .isEqualTo(pending("d1", id, "2026-11-20T11:59:57Z").replace("13:00", "12:00") + "}");
    HttpResponse<String> again = ask(ADMIN, "POST", DELIVERIES + "/d1/redeliver", "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body())
        .isEqualTo(
            refusal("conflict", "It is no dead letter: only these are delivered once more."));
    delivery("d2", "gone", "DEAD", 3);
    assertThat(ask(ADMIN, "POST", DELIVERIES + "/d2/redeliver", "").body())
        .isEqualTo(
            refusal(
                "conflict",
                "Its subscription has ended or was deleted: have it go on with"
                    + " {\"paused\":false}."));
    assertThat(ask(ADMIN, "POST", DELIVERIES + "/d3/redeliver", "").statusCode()).isEqualTo(404);
  }

  @Test
  void redeliver_byFilter_hasToSayWhich() {
    String id = create(GOOD);
    delivery("d1", id, "DEAD", 3);
    delivery("d2", id, "DEAD", 2);
    delivery("d3", id, "DEAD", 1);
    String path = "/v1/webhooks/dead-letters/redeliver";
    String which =
        "The body must say which: any of subscription, partner_id, event_type, since,"
            + " until, or {\"all\":true}.";
    for (String body : List.of("", "{}", "{\"all\":false}")) {
      assertThat(ask(ADMIN, "POST", path, body).body()).isEqualTo(refusal("missing_field", which));
    }
    assertThat(ask(ADMIN, "POST", path, "{\"partner_id\":\"\"}").statusCode()).isEqualTo(400);
    assertThat(ask(ADMIN, "POST", path, "{\"since\":\"noon\"}").statusCode()).isEqualTo(400);
    assertThat(ask(ADMIN, "POST", path, "{\"partner\":\"acme\"}").statusCode()).isEqualTo(400);
    assertThat(ask(ADMIN, "POST", path, "{\"all\":true,\"partner_id\":\"acme\"}").body())
        .isEqualTo(
            refusal("invalid_value", "The body says which, and all: leave one of them out."));
    assertThat(
            ask(
                    ADMIN,
                    "POST",
                    path,
                    "{\"subscription\":\"%s\",\"since\":\"2026-11-20T12:59:58+01:00\",\"until\":"
                            .formatted(id)
                        + "\"2026-11-20T11:59:59Z\"}")
                .body())
        .isEqualTo("{\"redelivered\":1}");
    assertThat(ask(ADMIN, "POST", path, "{\"event_type\":\"call.ended\"}").body())
        .isEqualTo("{\"redelivered\":0}");
    assertThat(ask(ADMIN, "POST", path, "{\"all\":true}").body()).isEqualTo("{\"redelivered\":2}");
  }

  @Test
  void openapi_hasThePaths() {
    String described = get("/openapi").body();
    assertThat(described)
        .contains("/v1/webhooks/subscriptions/{id}/rotate-secret", "/v1/alerts")
        .contains("/v1/webhooks/dead-letters/redeliver", "/v1/webhooks/deliveries/{id}");
  }

  /** As a form of a page of somebody else sends it, which no browser asks about before. */
  @ParameterizedTest
  @CsvSource({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data;boundary=b"})
  void body_thatIsNotSaidToBeJson_changesNothing(String type) {
    String id = create(GOOD);
    for (String what : List.of("POST " + SUBSCRIPTIONS, "PATCH " + SUBSCRIPTIONS + "/" + id)) {
      assertThat(sent(what, "{\"paused\":true}", "Content-Type", type).statusCode()).isEqualTo(415);
    }
    String all = "POST /v1/webhooks/dead-letters/redeliver";
    assertThat(sent(all, "{\"all\":true}", "Content-Type", type).statusCode()).isEqualTo(415);
    assertThat(json(get(SUBSCRIPTIONS)).path("subscriptions")).hasSize(1);
    assertThat(json(get(SUBSCRIPTIONS + "/" + id)).path("state").asText()).isEqualTo("active");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 200",
    "Sec-Fetch-Site, none, 200",
    "Origin, https://evil.example, 403",
    "Origin, null, 403"
  })
  void request_ofABrowser_changesOnlyWhatItsOwnPageMay(String header, String value, int status) {
    String path = SUBSCRIPTIONS + "/" + create(GOOD);
    assertThat(sent("POST " + path + "/rotate-secret", "", header, value).statusCode())
        .isEqualTo(status);
    assertThat(sent("GET " + path, "", header, value).statusCode()).isEqualTo(200);
    assertThat(sent("DELETE " + path, "", header, value).statusCode())
        .isEqualTo(status == 200 ? 204 : status);
  }

  private static HttpResponse<String> sent(String what, String body, String header, String value) {
    String[] parts = what.split(" ", 2);
    return server.send(
        server
            .request(parts[1])
            .header("Authorization", "Bearer " + ADMIN)
            .header(header, value)
            .method(parts[0], BodyPublishers.ofString(body))
            .build());
  }
}
