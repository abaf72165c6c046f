package io.busyhour.projection;

import static io.busyhour.projection.ListJournal.said;
import static io.busyhour.projection.Stage.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration MINUTES = Duration.ofMinutes(2);

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void receive(String type, Map<String, ?> data) {
    stage.journal.receive(said(type, NOON, data));
    stage.catchUp();
  }

  /** Time passes for the server's clock and for what is received. */
  private void pass(Duration time) {
    stage.journal.pass(time);
    stage.hand.turn(time);
  }

  private static Map<String, Object> campaign(String user, String status) {
    return Map.of("campaign_id", "of-" + user, "user_id", user, "status", status);
  }

  @Test
  void gauge_withoutAnyEvent_isDropped() {
    receive("infra.kamailio", Map.of("node", "k1", "status", "healthy"));
    receive("job.done", Map.of("process", "p", "job_name", "j", "status", "error"));
    assertThat(stage.scrape()).contains("warp_kamailio_health{");
    pass(DAY.plus(MINUTES));
    Stage.until(() -> !stage.scrape().contains("warp_kamailio_health{"));
    assertThat(stage.scrape()).contains("jobs_total{").contains("voice_calls_total 0.0");
  }

  @Test
  void counter_withoutAnyEvent_isDroppedLater_andClosedSetsStay() throws SQLException {
    receive("job.done", Map.of("process", "p", "job_name", "j", "status", "error"));
    assertThat(saved("jobs_total")).isEqualTo(3);
    pass(MONTH.plus(MINUTES));
    Stage.until(() -> !stage.scrape().contains("jobs_total{"));
    assertThat(stage.scrape())
        .contains("voice_calls_by_status_total{status=\"busy\"} 0.0")
        .contains("warp_cic_dip_latency_milliseconds_count{status=\"timeout\"} 0")
        .contains("busyhour_corrections_total{what=\"cost\"} 0.0")
        .contains("voice_calls_total 0.0");
    assertThat(saved("jobs_total")).isZero();
    assertThat(saved("voice_calls_by_status_total")).isEqualTo(8);
  }

  @Test
  void counter_thatComesBack_countsFromZero() {
    Map<String, ?> job = Map.of("process", "p", "job_name", "j", "status", "error");
    receive("job.done", job);
    receive("job.done", job);
    pass(MONTH.plus(MINUTES));
    Stage.until(() -> !stage.scrape().contains("jobs_total{"));
    receive("job.done", job);
    String back = "jobs_total{cause=\"\",job_name=\"j\",process=\"p\",status=\"error\"} 1.0";
    assertThat(stage.scrape()).contains(back);
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).contains(back);
  }

  @Test
  void restart_inBetween_changesNothing() {
    receive("infra.redis", Map.of("node", "old", "memory_bytes", 1));
    pass(Duration.ofHours(20));
    receive("infra.redis", Map.of("node", "new", "memory_bytes", 1));
    pass(Duration.ofHours(4).plus(MINUTES));
    stage.restart();
    stage.catchUp();
    Stage.until(() -> !stage.scrape().contains("node=\"old\""));
    assertThat(stage.scrape()).contains("node=\"new\"");
    pass(Duration.ofHours(20));
    Stage.until(() -> !stage.scrape().contains("node=\"new\""));
  }

  @Test
  void seriesOfAnotherProcess_droppedMeanwhile_isReadAnew() throws SQLException {
    Map<String, ?> job = Map.of("process", "p", "job_name", "j", "status", "error");
    receive("job.done", job);
    receive("job.done", job);
    try (Connection connection = stage.database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from series where family = 'jobs_total'");
    }
    receive("job.done", job);
    String back = "jobs_total{cause=\"\",job_name=\"j\",process=\"p\",status=\"error\"} 1.0";
    assertThat(stage.scrape()).contains(back);
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).contains(back);
  }

  @Test
  void user_withoutActiveCampaigns_showsZeroUntilIdle() {
    receive("campaign.updated", campaign("u1", "active"));
    receive("campaign.updated", campaign("u2", "draft"));
    pass(Duration.ofHours(20));
    stage.journal.receive(said("campaign.updated", NOON.plusSeconds(1), campaign("u1", "paused")));
    stage.catchUp();
    String both =
        """
        campaign_active_campaigns{user_id="u1"} 0.0
        campaign_active_campaigns{user_id="u2"} 0.0
        """;
    assertThat(stage.scrape()).contains(both);
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).contains(both);
    pass(Duration.ofHours(5));
    assertThat(stage.scrape())
        .contains("campaign_active_campaigns{user_id=\"u1\"} 0.0")
        .doesNotContain("user_id=\"u2\"");
    pass(Duration.ofHours(20));
    stage.restart();
    stage.catchUp();
    assertThat(stage.scrape()).doesNotContain("campaign_active_campaigns{");
  }

  @Test
  void user_withActiveCampaigns_isNeverIdle() {
    receive("campaign.updated", campaign("u1", "active"));
    pass(MONTH);
    assertThat(stage.scrape()).contains("campaign_active_campaigns{user_id=\"u1\"} 1.0");
  }

  @Test
  void limits_saidOnce_holdWhileTheirAccountAndTrunkHaveCalls() {
    receive("account.updated", Map.of("account", "a", "balance_dollars", 9, "type", "prepaid"));
    receive("account.updated", Map.of("account", "a", "credit_limit_dollars", 100));
    receive("trunk.updated", Map.of("trunk", "t", "channel_limit", 30));
    receive("campaign.updated", Map.of("campaign_id", "k", "pending_leads", 7));
    pass(Duration.ofHours(20));
    Map<String, String> call =
        Map.of("call_id", "c", "account", "a", "trunk", "t", "provider", "p", "campaign_id", "k");
    receive("call.initiated", call);
    pass(Duration.ofHours(10));
    receive("campaign.polled", Map.of("duration_seconds", 1));
    String limit = "warp_credit_limit_dollars{";
    assertThat(stage.scrape())
        .contains(limit, "warp_account_balance_dollars{", "warp_trunk_channel_limit{")
        .contains("campaign_pending_leads{");
    pass(DAY);
    Stage.until(() -> !stage.scrape().contains(limit));
    assertThat(stage.scrape())
        .doesNotContain("warp_account_balance_dollars{", "warp_trunk_channel_limit{");
  }

  private int saved(String family) throws SQLException {
    try (Connection connection = stage.database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from series where family = '" + family + "'")) {
      row.next();
      return row.getInt(1);
    }
  }
}
