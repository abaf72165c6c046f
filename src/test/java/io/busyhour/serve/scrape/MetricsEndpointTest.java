package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.instrument.Meters.Exemplar;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_33_0.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HelidonTest
@AddBean(MetricsEndpointTest.Below.class)
class MetricsEndpointTest extends ScrapeServer {
  private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0";
  private static final String PROTOBUF =
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited";

  /** A view as there will be others below the same path. */
  @ApplicationScoped
  @Path("/metrics/below")
  public static class Below {
    /** Answers. */
    @GET
    public String get() {
      return "below";
    }
  }

  @Test
  void scrape_hasBusyhoursAndHelidonsFamiliesOnce() throws Exception {
    meters.counter("campaign_calls_initiated_total", "Calls.", "campaign_id").add(3, "a");

    HttpResponse<byte[]> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(header(response, "Cache-Control")).contains("no-cache");
    assertThat(text(response))
        .contains(
            "\ncampaign_calls_initiated_total{campaign_id=\"a\"} 3.0\n",
            "\nbusyhour_series{family=\"campaign_calls_initiated_total\"} 1.0\n",
            "\nmemory_usedHeap_bytes{mp_scope=\"base\"} ",
            "\nrequests_count_total{mp_scope=\"vendor\"} ");
    ExpositionCheck.text(text(response));
  }

  @Test
  void buildInfo_saysWhatRuns() throws Exception {
    assertThat(text(get("/metrics?name=busyhour_build_info")))
        .contains("\nbusyhour_build_info{helidon=\"4.", "java=\"" + Runtime.version() + "\"")
        .doesNotContain("${");
  }

  @Test
  void openMetrics_hasExemplarsCreationTimesAndEnd() throws Exception {
    meters
        .histogram("talk_seconds", "Talk.", new double[] {1, 60}, "trunk")
        .observe(30, new Exemplar("call_id", "CA1", Instant.ofEpochSecond(1772352000)), "t1");

    HttpResponse<byte[]> response = get("/metrics", "Accept", OPENMETRICS);

    assertThat(header(response, "Content-Type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(text(response))
        .contains(
            "talk_seconds_bucket{trunk=\"t1\",le=\"60.0\"} 1"
                + " # {call_id=\"CA1\"} 30.0 1772352000.000\n",
            "\ntalk_seconds_created{trunk=\"t1\"} ");
    ExpositionCheck.openMetrics(text(response));
  }

  @Test
  void protobuf_hasNativeBucketsThatSumToTheCount() throws Exception {
    var talk = meters.histogram("native_seconds", "Talk.", new double[] {1, 60});
    for (int i = 0; i < 1000; i++) {
      talk.observe(i / 7.0);
    }

    HttpResponse<byte[]> response = get("/metrics", "Accept", PROTOBUF);

    assertThat(header(response, "Content-Type"))
        .isEqualTo(
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                + " encoding=delimited");
    List<Metrics.MetricFamily> families = families(response.body());
    assertThat(families)
        .extracting(Metrics.MetricFamily::getName)
        .contains("native_seconds", "memory_usedHeap_bytes", "busyhour_build_info");
    Metrics.Histogram histogram =
        families.stream()
            .filter(family -> family.getName().equals("native_seconds"))
            .findFirst()
            .orElseThrow()
            .getMetric(0)
            .getHistogram();
    assertThat(histogram.getSampleCount()).isEqualTo(1000);
    assertThat(histogram.getBucketList()).hasSize(3);
    assertThat(nativeCount(histogram)).isEqualTo(1000);
    assertThat(histogram.getZeroCount()).isEqualTo(1);
    assertThat(histogram.hasCreatedTimestamp()).isFalse(); // the library leaves it out
  }

  private static List<Metrics.MetricFamily> families(byte[] body) throws IOException {
    List<Metrics.MetricFamily> families = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(body);
    for (var family = Metrics.MetricFamily.parseDelimitedFrom(in);
        family != null;
        family = Metrics.MetricFamily.parseDelimitedFrom(in)) {
      families.add(family);
    }
    return families;
  }

  /** Deltas add up to the counts of the buckets. */
  private static long nativeCount(Metrics.Histogram histogram) {
    long total = histogram.getZeroCount();
    long count = 0;
    for (long delta : histogram.getPositiveDeltaList()) {
      count += delta;
      total += count;
    }
    int length = histogram.getPositiveSpanList().stream().mapToInt(span -> span.getLength()).sum();
    assertThat(histogram.getPositiveDeltaCount()).isEqualTo(length);
    return total;
  }

  @Test
  void gzip_whereAccepted() throws Exception {
    HttpResponse<byte[]> response = get("/metrics", "Accept-Encoding", "gzip");

    assertThat(header(response, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(response, "Vary")).contains("Accept-Encoding");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      ExpositionCheck.text(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void scope_selects() throws Exception {
    meters.counter("scoped_total", "X.").add(1);

    assertThat(text(get("/metrics?scope=base")))
        .contains("memory_usedHeap_bytes")
        .doesNotContain("scoped_total", "requests_count_total");
    assertThat(text(get("/metrics?scope=vendor")))
        .contains("requests_count_total")
        .doesNotContain("scoped_total", "memory_usedHeap_bytes");
    assertThat(text(get("/metrics?scope=application")))
        .contains("scoped_total")
        .doesNotContain("mp_scope=\"base\"", "mp_scope=\"vendor\"");
    assertThat(text(get("/metrics?scope=application&scope=vendor")))
        .contains("scoped_total", "requests_count_total")
        .doesNotContain("mp_scope=\"base\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?scope=unknown",
        "?name=unknown",
        "?scope=base&name=busyhour_build_info",
        "?scope=application&name=memory.usedHeap"
      })
  void selection_ofNothingIsNotFound(String query) throws Exception {
    HttpResponse<byte[]> response = get("/metrics" + query);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response))
        .isEqualTo("{\"error\":\"not_found\",\"message\":\"No metric has this scope and name.\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory.usedHeap", "memory_usedHeap_bytes"})
  void name_selectsHelidonsAsRegisteredAndAsScraped(String name) throws Exception {
    assertThat(text(get("/metrics?name=" + name)).lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("memory_usedHeap_bytes{mp_scope=\"base\"} ");
  }

  @Test
  void name_selectsSeveral() throws Exception {
    meters.counter("one_total", "X.").add(1);

    assertThat(text(get("/metrics?name=one_total&name=requests.count")))
        .contains("\none_total 1.0\n", "\nrequests_count_total{mp_scope=\"vendor\"} ")
        .doesNotContain("busyhour", "memory");
  }

  @Test
  void json_isHelidons() throws Exception {
    HttpResponse<byte[]> response = get("/metrics", "Accept", "application/json");

    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(text(response)).startsWith("{").contains("\"memory.usedHeap\":");
  }

  @Test
  void resourcesBelow_areReached() throws Exception {
    assertThat(text(get("/metrics/below"))).isEqualTo("below");
    assertThat(get("/metrics/nothing").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/metrics").statusCode()).isIn(404, 405);
  }

  @Test
  void head_hasTheTypeAndNoBody() throws Exception {
    HttpResponse<byte[]> response = send("HEAD", "/metrics", "Accept", OPENMETRICS);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).startsWith("application/openmetrics-text;");
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics/base", "/metrics/vendor/requests.count"})
  void scopePaths_saySuccessor(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).contains("A scope is asked for as /metrics?scope=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json", PROTOBUF, "image/png"})
  void guard_refusesInEveryFormat(String accept) throws Exception {
    fixture.guarded = true;

    HttpResponse<byte[]> response = get("/metrics", "Accept", accept);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(text(response)).isEqualTo("{\"error\":\"no_token\",\"message\":\"Send a token.\"}");
  }

  @Test
  void guard_refusesOtherMethodsAndLetsTokensPass() throws Exception {
    fixture.guarded = true;

    assertThat(send("OPTIONS", "/metrics", "Accept", "application/json").statusCode())
        .isEqualTo(401);
    assertThat(send("GET", "/metrics/", "Accept", "text/plain").statusCode()).isEqualTo(401);
    assertThat(get("/metrics", "Authorization", Fixture.TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void gate_refusesUntilTheFiguresAreComplete() throws Exception {
    fixture.waiting = "The meters are catching up with the journal.";
    int before = fixture.saves.get();

    HttpResponse<byte[]> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("1");
    assertThat(text(response)).contains("\"The meters are catching up with the journal.\"");
    assertThat(fixture.saves).hasValue(before);
    fixture.waiting = null;
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
  }

  @Test
  void save_runsForEachScrapeAndItsFailureRefuses() throws Exception {
    int before = fixture.saves.get();
    get("/metrics");
    assertThat(fixture.saves).hasValue(before + 1);
    fixture.storeGone = true;

    HttpResponse<byte[]> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response)).contains("\"unavailable\"").doesNotContain("campaign");
  }

  /** An update that comes while the others are saved may be lost, so nobody may have seen it. */
  @Test
  void save_coversAllThatIsShown() throws Exception {
    var refused = meters.counter("refused_total", "X.");
    refused.add(1);
    fixture.duringSave = () -> refused.add(1);

    assertThat(text(get("/metrics?name=refused_total"))).endsWith("refused_total 1.0\n");
  }

  @Test
  void scrapeSeconds_countsByFormat() throws Exception {
    double before = scrapes("openmetrics");
    get("/metrics", "Accept", OPENMETRICS);
    get("/metrics", "Accept", OPENMETRICS);

    assertThat(scrapes("openmetrics")).isEqualTo(before + 2);
  }

  private double scrapes(String format) throws Exception {
    return text(get("/metrics?name=busyhour_scrape_seconds"))
        .lines()
        .filter(line -> line.startsWith("busyhour_scrape_seconds_count{format=\"" + format + "\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
