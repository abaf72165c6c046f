package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.Catalogue;
import io.busyhour.Catalogue.Documented;
import io.busyhour.event.EventType;
import io.busyhour.poll.FakeTwilio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every type of event by the HTTP door, and every family of the catalogue in the scrape. */
class CatalogueTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src/test/resources/catalogue");

  /** Of events that do not come here, so that nothing is delivered. */
  private static final String HOOK =
      "{\"partner_id\":\"acme\",\"url\":\"http://127.0.0.1:1/\",\"events\":[\"alert.resolved\"]}";

  /** What Busyhour's own families begin with; all others are Helidon's. */
  private static final Pattern OWN =
      Pattern.compile(
          "(campaign|webhook|dialer|autoscale|jobs|librato|statsd|warp|twilio|voice|busyhour)_.*");

  private static final Pattern SAMPLE =
      Pattern.compile("^([a-z0-9_]+)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);
  private static final Pattern LABEL =
      Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");
  private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

  /** Nothing exceeds the limit here; another test sees to it that something does. */
  private static final String OVERFLOW = "busyhour_cardinality_overflow_total";

  private static final List<String> LAST =
      List.of(
          "dialer_timers_abandoned_total{account=\"acme\",caller_phone_type=\"\","
              + "caller_session_type=\"\",campaign=\"c1\",campaign_type=\"predictive\"} 1.0\n",
          "webhook_dead_letter_total{event_type=\"call.ended\",partner_id=\"p1\"} 1.0\n",
          "trunk=\"t1\",zone=\"INTERSTATE\"} 3.0\n",
          "statsd_dialer_active 12.0\n",
          // Counted anew every 15 seconds only.
          "busyhour_calls_without_end{source=\"catalogue\"} 1.0\n",
          "busyhour_callbacks_missing_total{source=\"twilio\"} 3.0\n",
          "twilio_last_success_timestamp_seconds{operation=\"fetch_usage\"} ");

  private static final FakeTwilio TWILIO = new FakeTwilio();

  private static final String LINES =
      """
      source=host.acme.c9.s1.Power.Webui.Phone count#dialer.dial.success=2
      source=ac-acme.ca-c9.dm-Power sample#dialer.dial_queue.numbers.available.count=1840
      measure#dialer.voter_load=37mS source=predictive.ac-acme.ca-c9
      source=host.acme.c9.s1.power.Webui.Phone count#dialer.requests.total sample#nothing=x
      source=resque.billing.debit_job.mysql2_error count#job_status.exception=1
      source=ac-acme.ca-c9.dm-power sample#dialer.caller_sessions.hold=4
      """;

  @TempDir static Path folder;
  private static Running server;
  private static String scrape;

  @BeforeAll
  static void sendOneOfEach() throws IOException {
    server =
        Running.start(
            folder,
            Map.of(
                "busyhour.calls.settle",
                "1s",
                "busyhour.calls.stale-after",
                "30s",
                "busyhour.dialer.timer-timeout",
                "2s",
                "busyhour.statsd.port",
                "0",
                "busyhour.twilio.auth-token",
                TwilioCallback.TOKEN + "," + FakeTwilio.TOKEN,
                "busyhour.twilio.account-sid",
                FakeTwilio.ACCOUNT,
                "busyhour.twilio.base-url",
                TWILIO.uri().toString(),
                "busyhour.webhook.allow-private",
                "true"));
    assertThat(server.post("/v1/webhooks/subscriptions", "application/json", HOOK).statusCode())
        .isEqualTo(201);
    ArrayNode batch = JSON.createArrayNode();
    Instant now = Instant.now();
    for (String line : Files.readAllLines(FOLDER.resolve("events.ndjson"))) {
      batch.add(event((ObjectNode) JSON.readTree(line), batch.size(), now));
    }
    assertThat(server.post("application/json", batch.toString()).body())
        .isEqualTo("{\"accepted\":%d,\"duplicates\":0,\"rejected\":[]}".formatted(batch.size()));
    assertThat(server.post("application/json", "{}").statusCode()).isEqualTo(400);
    assertThat(TwilioCallback.voice(server).statusCode()).isEqualTo(204);
    assertThat(TwilioCallback.message(server).statusCode()).isEqualTo(204);
    server.statsd(Files.readString(FOLDER.resolve("statsd.txt")));
    assertThat(server.post("/l2met", "text/plain", LINES).statusCode()).isEqualTo(204);
    // The last to be counted are the timer that runs out and what waits to settle.
    scrape =
        server.until("/metrics", answer -> LAST.stream().allMatch(answer.body()::contains)).body();
  }

  private static ObjectNode event(ObjectNode event, int number, Instant now) {
    double ago = event.remove("ago").doubleValue();
    return event
        .put("specversion", "1.0")
        .put("source", "catalogue")
        .put("id", Integer.toString(number))
        .put("time", now.minusMillis(Math.round(ago * 1000)).toString());
  }

  @AfterAll
  static void stop() {
    server.close();
    TWILIO.close();
  }

  @Test
  void events_areOfEveryType() throws IOException {
    Set<String> sent = new TreeSet<>();
    for (String line : Files.readAllLines(FOLDER.resolve("events.ndjson"))) {
      JsonNode event = JSON.readTree(line);
      sent.add(event.get("type").textValue());
    }
    assertThat(Arrays.stream(EventType.values()).filter(EventType::isPublic))
        .allMatch(type -> sent.contains(type.wireName()));
  }

  /** The lines are written by hand: what one who knows the catalogue expects of these events. */
  @TestFactory
  Stream<DynamicTest> value_isAsExpected() throws IOException {
    Set<String> lines = scrape.lines().collect(Collectors.toSet());
    return Files.readAllLines(FOLDER.resolve("expected.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> DynamicTest.dynamicTest(line, () -> assertThat(lines).contains(line)));
  }

  @Test
  void family_isDocumented() {
    Set<String> documented =
        Catalogue.read().stream().map(Documented::name).collect(Collectors.toSet());
    assertThat(types().keySet()).filteredOn(name -> !isOfAForm(name)).isSubsetOf(documented);
  }

  /** A family whose name its sender chose is described by the form for its type. */
  private static boolean isOfAForm(String name) {
    String type = types().get(name);
    return Catalogue.forms().stream()
        .anyMatch(form -> form.type().equals(type) && form.name().matcher(name).matches());
  }

  @TestFactory
  Stream<DynamicTest> documentedForm_hasFamiliesAsItIsDescribed() {
    return Catalogue.forms().stream()
        .map(
            form ->
                DynamicTest.dynamicTest(
                    form.name().pattern(),
                    () -> {
                      List<String> families =
                          types().entrySet().stream()
                              .filter(family -> family.getValue().equals(form.type()))
                              .map(Map.Entry::getKey)
                              .filter(name -> form.name().matcher(name).matches())
                              .toList();
                      assertThat(families).isNotEmpty();
                      for (String name : families) {
                        assertThat(bounds(samples(name, form.type()))).isEqualTo(form.buckets());
                      }
                    }));
  }

  private static List<Double> bounds(List<MatchResult> samples) {
    Set<Double> bounds = new TreeSet<>();
    for (MatchResult sample : samples) {
      for (MatchResult label : LABEL.matcher(orEmpty(sample.group(2))).results().toList()) {
        if (label.group(1).equals("le")) {
          bounds.add(Double.valueOf(label.group(2).replace("+Inf", "Infinity")));
        }
      }
    }
    bounds.remove(Double.POSITIVE_INFINITY);
    return List.copyOf(bounds);
  }

  @TestFactory
  Stream<DynamicTest> documentedFamily_isThereAsItIsDescribed() {
    Map<String, String> types = types();
    return Catalogue.read().stream()
        .filter(family -> !family.name().equals(OVERFLOW))
        .map(
            family ->
                DynamicTest.dynamicTest(
                    family.name(),
                    () -> {
                      assertThat(types).containsEntry(family.name(), family.type());
                      check(family);
                    }));
  }

  private static void check(Documented family) {
    Set<String> labels = new TreeSet<>();
    List<MatchResult> samples = samples(family.name(), family.type());
    for (MatchResult sample : samples) {
      LABEL.matcher(orEmpty(sample.group(2))).results().forEach(l -> labels.add(l.group(1)));
    }
    labels.removeAll(Set.of("le", "quantile"));
    assertThat(labels).as("labels").isEqualTo(family.labels());
    if (!family.buckets().isEmpty()) {
      assertThat(bounds(samples)).as("buckets").isEqualTo(family.buckets());
    }
  }

  private static List<MatchResult> samples(String family, String type) {
    Set<String> names = new TreeSet<>(Set.of(family));
    if (!type.equals("counter") && !type.equals("gauge")) {
      List.of("_bucket", "_sum", "_count").forEach(end -> names.add(family + end));
    }
    List<MatchResult> found =
        SAMPLE.matcher(scrape).results().filter(s -> names.contains(s.group(1))).toList();
    assertThat(found).as("samples").isNotEmpty();
    return found;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static Map<String, String> types() {
    return TYPE.matcher(scrape)
        .results()
        .filter(type -> OWN.matcher(type.group(1)).matches())
        .collect(Collectors.toMap(t -> t.group(1), t -> t.group(2), (a, b) -> a, TreeMap::new));
  }
}
