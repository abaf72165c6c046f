package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlatformTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void receive(String type, int second, Map<String, ?> data) {
    stage.journal.receive(said(type, NOON.plusSeconds(second), data));
  }

  private String scrape() {
    stage.catchUp();
    return stage.scrape();
  }

  @Test
  void request_isCountedByRouteAndClassOfStatus() {
    for (int i = 0; i < 3; i++) {
      receive(
          "api.request",
          i,
          Map.of(
              "endpoint",
              "/v2/calls/" + (100 + i) + "?to=%2B13035550100",
              "method",
              "get",
              "status",
              i == 2 ? 503 : 200 + i,
              "account",
              "a1",
              "latency_ms",
              40 * i));
    }
    String route = "account=\"a1\",endpoint=\"/v2/calls/{id}\",method=\"GET\"";
    assertThat(scrape())
        .contains("warp_api_requests_total{" + route + ",status=\"2xx\"} 2.0")
        .contains("warp_api_requests_total{" + route + ",status=\"4xx\"} 0.0")
        .contains("warp_api_requests_total{" + route + ",status=\"5xx\"} 1.0")
        .contains("warp_api_latency_milliseconds_bucket{" + route + ",le=\"5.0\"} 1")
        .contains("warp_api_latency_milliseconds_bucket{" + route + ",le=\"50.0\"} 2")
        .contains("warp_api_latency_milliseconds_bucket{" + route + ",le=\"100.0\"} 3")
        .contains("warp_api_latency_milliseconds_sum{" + route + "} 120.0")
        .contains("warp_rate_limit_hits_total{account=\"a1\",limit_type=\"api\"} 0.0")
        .contains("warp_auth_failures_total{account=\"a1\",reason=\"expired_token\"} 0.0")
        .doesNotContain("3035550100");
  }

  @Test
  void request_withoutLatencyOrAccount_isCountedAndNotObserved() {
    receive("api.request", 0, Map.of("endpoint", "/", "method", "BREW", "status", 602));
    assertThat(scrape())
        .contains(
            "warp_api_requests_total{account=\"\",endpoint=\"/\",method=\"OTHER\",status=\"other\"}"
                + " 1.0")
        .doesNotContain("warp_api_latency_milliseconds_count{");
  }

  @Test
  void refusals_areCountedBesideTheOthersOfTheirAccount() {
    receive("api.rate_limited", 0, Map.of("limit_type", "calls_per_second", "account", "a1"));
    receive("api.rate_limited", 0, Map.of("limit_type", "calls_per_second", "account", "a1"));
    receive("api.auth_failed", 0, Map.of("reason", "invalid_credentials", "account", "a2"));
    assertThat(scrape())
        .contains("warp_rate_limit_hits_total{account=\"a1\",limit_type=\"calls_per_second\"} 2.0")
        .contains("warp_rate_limit_hits_total{account=\"a1\",limit_type=\"concurrent_calls\"} 0.0")
        .contains("warp_auth_failures_total{account=\"a2\",reason=\"invalid_credentials\"} 1.0")
        .contains("warp_auth_failures_total{account=\"a2\",reason=\"rate_limited\"} 0.0");
  }

  @Test
  void dip_isObservedByTypeProviderAndStatus() {
    receive("dip.query", 0, dip("lrn", "success", 7.5, true));
    receive("dip.query", 0, dip("lrn", "timeout", 2000.0, false));
    receive("dip.query", 0, dip("cic", "failure", 30.0, null));
    receive("dip.query", 0, dip("cnam", "success", null, true));
    assertThat(scrape())
        .contains(
            "warp_lrn_dip_latency_milliseconds_bucket"
                + "{provider=\"telique\",status=\"success\",le=\"5.0\"} 0")
        .contains(
            "warp_lrn_dip_latency_milliseconds_bucket"
                + "{provider=\"telique\",status=\"success\",le=\"10.0\"} 1")
        .contains(
            "warp_lrn_dip_latency_milliseconds_sum{provider=\"telique\",status=\"timeout\"} 2000.0")
        .contains(
            "warp_lrn_dip_latency_milliseconds_count{provider=\"telique\",status=\"failure\"} 0")
        .contains("warp_cic_dip_latency_milliseconds_count{status=\"failure\"} 1")
        .contains("warp_cic_dip_latency_milliseconds_count{status=\"success\"} 0")
        .contains(
            "warp_cnam_dip_latency_milliseconds_count{provider=\"telique\",status=\"success\"} 0");
  }

  @Test
  void dips_haveTheirCacheHitsByTheTimeTheyHappened() {
    // It is a minute past noon: what was before 11:56 is in the hour only.
    receive("dip.query", 0, dip("lrn", "success", 1.0, true));
    receive("dip.query", -30, dip("lrn", "success", 1.0, true));
    receive("dip.query", -200, dip("lrn", "success", 9.0, false));
    receive("dip.query", -1800, dip("lrn", "success", 9.0, false));
    receive("dip.query", -1800, dip("cnam", "success", 9.0, false));
    receive("dip.query", 0, dip("cic", "success", 9.0, null));
    String before = scrape();
    assertThat(before)
        .contains("warp_dip_cache_hit_ratio{dip_type=\"lrn\",window=\"5m\"} 0.666")
        .contains("warp_dip_cache_hit_ratio_samples{dip_type=\"lrn\",window=\"5m\"} 3.0")
        .contains("warp_dip_cache_hit_ratio{dip_type=\"lrn\",window=\"1h\"} 0.5\n")
        .contains("warp_dip_cache_hit_ratio_samples{dip_type=\"lrn\",window=\"1h\"} 4.0")
        .contains("warp_dip_cache_hit_ratio{dip_type=\"cnam\",window=\"1h\"} 0.0")
        .doesNotContain("dip_type=\"cnam\",window=\"5m\"")
        .doesNotContain("dip_type=\"cic\"");
    stage.restart();
    assertThat(scrape()).isEqualTo(before);
  }

  private static Map<String, Object> dip(String type, String status, Double millis, Boolean hit) {
    Map<String, Object> data = new HashMap<>();
    data.put("dip_type", type);
    data.put("provider", "telique");
    data.put("status", status);
    data.put("latency_ms", millis);
    data.put("cache_hit", hit);
    return data;
  }

  @Test
  void proxy_hasOnePresentStatus() {
    receive("infra.kamailio", 10, Map.of("node", "k1", "status", "degraded"));
    receive("infra.kamailio", 0, Map.of("node", "k1", "status", "unhealthy"));
    receive("infra.kamailio", 10, Map.of("node", "k1", "status", "healthy"));
    assertThat(scrape())
        .contains("warp_kamailio_health{node=\"k1\",status=\"healthy\"} 0.0")
        .contains("warp_kamailio_health{node=\"k1\",status=\"degraded\"} 1.0")
        .contains("warp_kamailio_health{node=\"k1\",status=\"unhealthy\"} 0.0");
  }

  @Test
  void machines_showWhatTheySaidLast() {
    receive("infra.rtpengine", 5, Map.of("node", "r1", "sessions", 40));
    receive("infra.rtpengine", 0, Map.of("node", "r1", "sessions", 90, "capacity_percent", 12.5));
    receive(
        "infra.database",
        0,
        Map.of("service", "s", "database", "d", "connections", 7, "connections_max", 20));
    receive("infra.redis", 0, Map.of("node", "c1", "memory_bytes", 1_048_576));
    receive("trunk.updated", 0, Map.of("trunk", "t1", "provider", "p1", "channel_limit", 120));
    receive("trunk.updated", 9, Map.of("trunk", "t1", "provider", "p1"));
    assertThat(scrape())
        .contains("warp_rtpengine_sessions_active{node=\"r1\"} 40.0")
        .contains("warp_rtpengine_capacity_percentage{node=\"r1\"} 12.5")
        .contains("warp_db_connections_active{database=\"d\",service=\"s\"} 7.0")
        .contains("warp_db_connections_max{database=\"d\",service=\"s\"} 20.0")
        .contains("warp_redis_memory_used_bytes{db=\"\",node=\"c1\"} 1048576.0")
        .contains("warp_trunk_channel_limit{provider=\"p1\",trunk=\"t1\"} 120.0");
  }

  @Test
  void autoscaler_isCountedByWhatItDid() {
    receive("autoscale.done", 0, Map.of("process", "dialer", "action", "up"));
    receive("autoscale.done", 0, Map.of("process", "dialer", "action", "none"));
    receive("autoscale.done", 0, Map.of("process", "dialer", "action", "down", "error", "quota"));
    assertThat(scrape())
        .contains("autoscale_requests_total{process=\"dialer\"} 3.0")
        .contains("autoscale_up_total{process=\"dialer\"} 1.0")
        .contains("autoscale_down_total{process=\"dialer\"} 1.0")
        .contains("autoscale_errors_total{process=\"dialer\"} 1.0");
  }

  @Test
  void process_thatIsKnown_hasAllItsCounters() {
    receive("autoscale.done", 0, Map.of("process", "web", "action", "none", "error", false));
    receive("job.done", 0, Map.of("process", "web", "job_name", "mail", "status", "started"));
    assertThat(scrape())
        .contains("autoscale_up_total{process=\"web\"} 0.0")
        .contains("autoscale_down_total{process=\"web\"} 0.0")
        .contains("autoscale_errors_total{process=\"web\"} 0.0")
        .contains(job("", "mail", "started", 1))
        .contains(job("", "mail", "completed", 0))
        .contains(job("", "mail", "error", 0));
  }

  @Test
  void job_failure_isCountedByAClassOfCauses() {
    for (String cause :
        new String[] {"mysql2_error", "Net::ReadTimeout", "no answer of +13035550100"}) {
      receive(
          "job.done",
          0,
          Map.of("process", "web", "job_name", "bill", "status", "error", "cause", cause));
    }
    receive(
        "job.done",
        0,
        Map.of("process", "web", "job_name", "bill", "status", "error", "cause", "n13035550100"));
    assertThat(scrape())
        .contains(job("mysql2_error", "bill", "error", 1))
        .contains(job("Net::ReadTimeout", "bill", "error", 1))
        .contains(job("other", "bill", "error", 2))
        .doesNotContain("3035550100");
  }

  private static String job(String cause, String name, String status, int count) {
    return "jobs_total{cause=\"%s\",job_name=\"%s\",process=\"web\",status=\"%s\"} %d.0"
        .formatted(cause, name, status, count);
  }

  @Test
  void everything_isThereAfterARestart() {
    machines_showWhatTheySaidLast();
    dip_isObservedByTypeProviderAndStatus();
    job_failure_isCountedByAClassOfCauses();
    String before = scrape();
    stage.restart();
    assertThat(scrape()).isEqualTo(before);
    stage.journal.pass(Duration.ofSeconds(1));
    receive("infra.rtpengine", 1, Map.of("node", "r1", "sessions", 1));
    assertThat(scrape()).contains("warp_rtpengine_sessions_active{node=\"r1\"} 40.0");
  }
}
