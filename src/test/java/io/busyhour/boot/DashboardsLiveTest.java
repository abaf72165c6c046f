package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.dashboards.MadeDashboards;
import io.busyhour.dashboards.Prometheus;
import io.busyhour.poll.FakeTwilio;
import io.busyhour.rules.PromQl;
import io.busyhour.rules.RuleFile;
import io.busyhour.rules.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every dashboard, asked of a real Prometheus that scrapes this server under traffic
 * and evaluates the rules: none is an error, none is empty, and every label that a legend names is
 * there. What looks back by days or weeks looks back by seconds here.
 */
class DashboardsLiveTest {
  private static final Duration DEADLINE = Duration.ofSeconds(100);
  private static final Pattern OFFSET = Pattern.compile("\\boffset (?:\\d+(?:ms|[smhdwy]))+");
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.+), (\\w+)\\)");
  private static final FakeTwilio TWILIO = new FakeTwilio();

  @TempDir static Path folder;
  private static Running server;
  private static DashboardTraffic traffic;
  private static Prometheus prometheus;

  @BeforeAll
  static void scrapeAServerUnderTraffic() throws IOException, InterruptedException {
    Tool.needForProof("prometheus");
    server =
        Running.start(
            folder,
            Map.of(
                "busyhour.calls.settle", "1s",
                "busyhour.calls.stale-after", "30s",
                "busyhour.dialer.timer-timeout", "2s",
                "busyhour.statsd.port", "0",
                "busyhour.cardinality.limit", "500",
                "busyhour.twilio.auth-token", TwilioCallback.TOKEN + "," + FakeTwilio.TOKEN,
                "busyhour.twilio.account-sid", FakeTwilio.ACCOUNT,
                "busyhour.twilio.base-url", TWILIO.uri().toString(),
                "busyhour.twilio.poll-interval", "10s",
                "busyhour.webhook.allow-private", "true"));
    // To nobody who listens, and of what does not come here, so that nothing is delivered.
    String hook =
        "{\"partner_id\":\"acme-crm\",\"url\":\"http://127.0.0.1:1/\","
            + "\"events\":[\"alert.resolved\"]}";
    server.post("/v1/webhooks/subscriptions", "application/json", hook);
    traffic = new DashboardTraffic(server);
    prometheus = Prometheus.start(folder, configuration());
  }

  private static String configuration() throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    for (RuleFile file : RuleFile.all()) {
      String text =
          shortened(Files.readString(RuleFile.FOLDER.resolve(file.name())))
              .replaceAll("(?m)^( +interval:).*", "$1 1s")
              .replaceAll("(?m)^( +for:).*", "$1 0s");
      Files.writeString(rules.resolve(file.name()), text);
    }
    String target = server.uri().replaceAll("^http://|/$", "");
    return """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ['rules/*.yaml']
        scrape_configs:
        - {job_name: busyhour, static_configs: [{targets: ['%s']}]}
        - {job_name: prometheus, static_configs: [{targets: ['SELF']}]}
        """
        .formatted(target);
  }

  private static String shortened(String expr) {
    return OFFSET.matcher(expr).replaceAll("offset 3s").replace(":1m]", ":1s]");
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (traffic != null) {
      traffic.close();
      assertThat(traffic.failure()).isNull();
    }
    if (server != null) {
      server.close();
    }
    TWILIO.close();
  }

  /** A question, and what is wrong with its answer as long as something is. */
  private record Asked(String what, Supplier<Optional<String>> fault) {}

  @Test
  void queries_areAnswered() {
    List<Asked> open = new ArrayList<>();
    for (JsonNode dashboard : MadeDashboards.all()) {
      String title = dashboard.get("title").textValue();
      for (JsonNode panel : MadeDashboards.panels(dashboard)) {
        for (JsonNode target : panel.get("targets")) {
          String what = title + " / " + panel.get("title").textValue();
          open.add(new Asked(what, () -> fault(dashboard, target)));
        }
      }
      for (JsonNode variable : MadeDashboards.variables(dashboard)) {
        String what = title + " $" + variable.get("name").textValue();
        open.add(new Asked(what, () -> faultOfVariable(dashboard, variable)));
      }
    }
    assertThat(open).hasSizeGreaterThan(200);
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    List<String> faults = faults(open);
    while (!faults.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      faults = faults(open);
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void exemplars_leadToCalls() {
    String query = "warp_pdd_milliseconds_bucket";
    JsonNode exemplars = exemplars(query);
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (exemplars.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      exemplars = exemplars(query);
    }
    String call = exemplars.at("/0/exemplars/0/labels/call_id").textValue();
    assertThat(server.get("/calls/%s/timeline".formatted(call)).statusCode()).isEqualTo(200);
  }

  private static JsonNode exemplars(String query) {
    Instant now = Instant.now();
    Instant before = now.minusSeconds(60);
    return prometheus.get(
        "query_exemplars",
        Map.of("query", query, "start", before.toString(), "end", now.toString()));
  }

  /** Asks what is open; what is answered well is not asked again. */
  private static List<String> faults(List<Asked> open) {
    List<String> faults = new ArrayList<>();
    for (Asked asked : List.copyOf(open)) {
      Optional<String> fault = asked.fault().get();
      if (fault.isEmpty()) {
        open.remove(asked);
      } else {
        faults.add(asked.what() + ": " + fault.get());
      }
    }
    return faults;
  }

  private static Optional<String> fault(JsonNode dashboard, JsonNode target) {
    String expr = shortened(MadeDashboards.filled(dashboard, target.get("expr").textValue()));
    JsonNode result = answer(expr, target.get("instant").booleanValue());
    Set<String> legend = PromQl.legendLabels(target.get("legendFormat").textValue());
    boolean empty = true;
    for (JsonNode series : result) {
      Set<String> labels = new HashSet<>();
      series.get("metric").fieldNames().forEachRemaining(labels::add);
      if (hasValue(series)) {
        empty = false;
        if (labels.containsAll(legend)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of((empty ? "is empty: " : "lacks labels of its legend: ") + expr);
  }

  private static JsonNode answer(String expr, boolean instant) {
    if (instant) {
      return prometheus.get("query", Map.of("query", expr)).get("result");
    }
    Instant now = Instant.now();
    return prometheus
        .get(
            "query_range",
            Map.of(
                "query",
                expr,
                "start",
                now.minusSeconds(10).toString(),
                "end",
                now.toString(),
                "step",
                "2"))
        .get("result");
  }

  private static boolean hasValue(JsonNode series) {
    if (series.has("value")) {
      return !series.at("/value/1").textValue().equals("NaN");
    }
    for (JsonNode value : series.get("values")) {
      if (!value.get(1).textValue().equals("NaN")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> faultOfVariable(JsonNode dashboard, JsonNode variable) {
    String query = variable.get("query").textValue();
    Matcher parts = VARIABLE.matcher(MadeDashboards.filled(dashboard, query));
    assertThat(parts.matches()).isTrue();
    JsonNode values =
        prometheus.get("label/" + parts.group(2) + "/values", Map.of("match[]", parts.group(1)));
    return values.isEmpty() ? Optional.of("has no values: " + query) : Optional.empty();
  }
}
