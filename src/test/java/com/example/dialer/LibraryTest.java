package com.example.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.dialer.Dialer.Order;
import com.example.dialer.Dialer.Trunk;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HelidonTest
@AddBean(Dialer.class)
@AddBean(DialResource.class)
@AddBean(Desk.class)
@AddBean(Courier.class)
@AddConfig(key = "busyhour.cardinality.limit", value = "50")
@AddConfig(key = "busyhour.of-a-later-version", value = "no concern of this application")
@AddConfig(key = "mp.metrics.distribution.timer.buckets", value = "dial=20ms,1s;other*=1m")
class LibraryTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Inject Dialer dialer;
  @Inject Desk desk;
  @Inject Courier courier;
  @Inject ServerCdiExtension server;
  @Inject Config config;

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path)).build(),
        BodyHandlers.ofString());
  }

  private String scrape() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void plainAnnotation_isMicroProfiles() throws Exception {
    dialer.tick();
    assertThat(scrape())
        .contains(
            "\nticks_total{mp_scope=\"application\"} ",
            "\ntick_time_seconds_count{mp_scope=\"application\"} ",
            "\nmemory_usedHeap_bytes{mp_scope=\"base\"} ");
  }

  @Test
  void labelledAnnotation_isCountedWithItsValues() throws Exception {
    dialer.dial(new Order("spring", new Trunk("t1")));
    dialer.dial(new Order("spring", new Trunk("t1")));
    assertThatThrownBy(() -> dialer.dial(new Order("autumn", null)))
        .isInstanceOf(IllegalArgumentException.class);

    String scrape = scrape();

    assertThat(scrape)
        .contains(
            "# HELP attempts_total Attempts.\n",
            "\nattempts_total{campaign_id=\"spring\",error=\"\",trunk=\"t1\"} 2.0\n",
            "\nattempts_total{campaign_id=\"autumn\",error=\"IllegalArgumentException\",trunk=\"\"}"
                + " 1.0\n",
            "\ndial_seconds_count{campaign_id=\"spring\",error=\"\",trunk=\"t1\"} 2\n",
            "\nbusyhour_cardinality_limit{family=\"attempts_total\"} 50.0\n");
    assertThat(
            scrape.lines().filter(line -> line.startsWith("dial_seconds_bucket{campaign_id=\"s")))
        .extracting(line -> line.replaceFirst(".*le=\"([^\"]*)\".*", "$1"))
        .containsExactly("0.02", "1.0", "+Inf");
    // MicroProfile has not seen these methods at all.
    assertThat(scrape.lines().filter(line -> line.matches("(attempts|dial|question)_.*mp_scope.*")))
        .isEmpty();
  }

  @Test
  void stage_isTimedToItsCompletion() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    assertThat(dialer.lookUp("cnam", answer)).isSameAs(answer);
    assertThat(scrape())
        .doesNotContain("question_seconds_count{provider=\"cnam\",result=\"found\"}");
    answer.complete("found");
    assertThat(scrape())
        .contains("\nquestion_seconds_count{provider=\"cnam\",result=\"found\"} 1\n");
  }

  @Test
  void collectorBean_countsAsTheServerDoes() throws Exception {
    dialer.day();
    assertThat(scrape())
        .contains(
            "\ncampaign_calls_initiated_total{campaign_id=\"winter\",user_id=\"otto\"} 1.0\n",
            "\ncampaign_calls_completed_total{campaign_id=\"winter\",outcome=\"success\","
                + "user_id=\"otto\"} 1.0\n",
            "\ncampaign_calls_failed_total{campaign_id=\"winter\",error_type=\"sip_error\","
                + "user_id=\"otto\"} 0.0\n",
            "\ncampaign_calls_failed_total{campaign_id=\"winter\",error_type=\"timeout\","
                + "user_id=\"otto\"} 1.0\n",
            "\ncampaign_cost_total{campaign_id=\"winter\",user_id=\"otto\"} 0.3\n",
            "\n"
                + "campaign_call_duration_seconds_sum{campaign_id=\"winter\",outcome=\"success\"}"
                + " 61.0\n",
            "\ncampaign_processing_latency_seconds_bucket{campaign_id=\"winter\",le=\"0.1\"} 1\n",
            "\ncampaign_poll_cycle_duration_seconds_count 1\n",
            "\ncampaign_pending_leads{campaign_id=\"winter\"} 41.0\n",
            "\ncampaign_active_campaigns{user_id=\"otto\"} 1.0\n",
            "\ncampaign_concurrent_calls 3.0\n");
  }

  @Test
  void collectorBeans_ofWebhooksAndDialers_countAsTheServerDoes() throws Exception {
    courier.day();
    String request =
        "{account=\"12\",caller_phone_type=\"phone\",caller_session_type=\"webui\","
            + "campaign=\"345\",campaign_type=\"power\"} ";
    assertThat(scrape())
        .contains(
            "\nwebhook_queued_total{event_type=\"call.ended\",partner_id=\"p1\"} 1.0\n",
            "\nwebhook_delivered_total{event_type=\"call.ended\",partner_id=\"p1\"} 1.0\n",
            "\nwebhook_failed_total{event_type=\"call.ended\",partner_id=\"p1\","
                + "status_code=\"503\"} 1.0\n",
            "\nwebhook_dead_letter_total{event_type=\"call.ended\",partner_id=\"p1\"} 0.0\n",
            "\nwebhook_retry_attempts_total{attempt_number=\"2\",partner_id=\"p1\"} 1.0\n",
            "\nwebhook_worker_processed_total{worker_id=\"w1\"} 1.0\n",
            "\nwebhook_delivery_latency_seconds_bucket{partner_id=\"p1\",le=\"10.0\"} 1\n",
            "\nwebhook_queue_size 3.0\n",
            "\nwebhook_queue_oldest_age_seconds 1.5\n",
            "\nwebhook_active_workers 2.0\n",
            "\ndialer_requests_total" + request + "1.0\n",
            "\ndialer_requests_completed_total" + request + "1.0\n",
            "\ndialer_requests_error_total" + request + "0.0\n",
            "\ndialer_responses_completed_total" + request + "1.0\n",
            "\ndialer_contact_answered_seconds_sum" + request + "0.8\n",
            "\ndialer_caller_sessions_hold{account=\"12\",campaign=\"345\","
                + "campaign_type=\"power\"} 4.0\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/events",
        "/twilio/voice",
        "/twilio/messages",
        "/ledger",
        "/calls/a",
        "/calls"
      })
  void path_ofTheServer_isNotThere(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    assertThat(CLIENT.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  @Test
  void server_leavesTheApplicationAlone() throws Exception {
    assertThat(get("/dial").body()).isEqualTo("ready to dial");
    // Neither its answers to faults nor its checks, its document or its settings.
    assertThat(get("/dial/broken").body()).doesNotContain("internal_error");
    assertThat(get("/health").body()).doesNotContain("busyhour", "projection");
    assertThat(get("/openapi").body())
        .contains("openapi:")
        .doesNotContain("/v1/events", "/ledger", "Busyhour");
    assertThat(config.getOptionalValue("server.max-tcp-connections", String.class)).isEmpty();
    assertThat(scrape()).doesNotContain("busyhour_journal", "busyhour_projection", "voice_calls");
  }

  @Test
  void document_showsWhatRunsAndWhatComesOfIt() throws Exception {
    String document = Files.readString(Path.of("docs/instrument.md"));
    assertThat(document)
        .contains(Files.readString(Path.of("src/test/java/com/example/dialer/Desk.java")));
    desk.dial(new Desk.Order("spring", "t1"));
    assertThatThrownBy(() -> desk.dial(new Desk.Order("spring", null)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(desk.lookUp("cnam")).isCompleted();
    assertThat(desk.place("spring", "anna")).isEqualTo("call-1");
    String shown = document.split("```text\n", 2)[1].split("```", 2)[0];
    assertThat(scrape().lines().toList()).containsAll(shown.lines().toList());
  }
}
