package io.busyhour.projection.meters.calls;

import io.busyhour.instrument.Meters;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.CampaignChange;
import io.busyhour.projection.change.CampaignRecord;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.meters.RowGauge;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Gauges that count rows: calls without an end, and active campaigns. They are counted at a start
 * and follow each change of a row in the transaction that makes it, so a lost event leaves them no
 * more wrong than the rows are, and they can never be negative.
 */
public final class RowsFold implements Fold {

  private final Clock clock;
  private final RowGauge activeCampaigns;
  private long openCalls;
  private long openCampaignCalls;

  /** Registers the families. */
  public RowsFold(Meters meters, RowGauge.Bounds bounds) {
    clock = bounds.clock();
    activeCampaigns =
        new RowGauge(
            meters,
            bounds,
            "campaign_active_campaigns",
            "Campaigns in status active; a user falling to 0 shows 0, then goes idle.",
            "user_id");
    meters.computed(
        "voice_calls_active",
        () -> gauge("voice_calls_active", "Calls without an end.", openCalls));
    meters.computed(
        "campaign_concurrent_calls",
        () ->
            gauge(
                "campaign_concurrent_calls",
                "Calls of campaigns without an end.",
                openCampaignCalls));
  }

  private static MetricSnapshot gauge(String name, String help, long value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value((double) value).build())
        .build();
  }

  @Override
  public void on(Change change) {
    switch (change) {
      case CallChange call -> on(call);
      case CampaignChange campaign -> on(campaign);
      default -> {
        // No row that is counted here.
      }
    }
  }

  private void on(CallChange change) {
    openCalls += open(change.after()) - open(change.before());
    openCampaignCalls += openOfCampaign(change.after()) - openOfCampaign(change.before());
  }

  private static int open(CallRecord call) {
    return call != null && call.isOpen() ? 1 : 0;
  }

  private static int openOfCampaign(CallRecord call) {
    return call != null && call.beginning().campaignId() != null ? open(call) : 0;
  }

  private void on(CampaignChange change) {
    step(change.before(), -1);
    step(change.after(), 1);
  }

  private void step(CampaignRecord campaign, int step) {
    if (campaign != null) {
      activeCampaigns.know(step, clock.instant(), campaign.userId());
      if (campaign.isActive()) {
        activeCampaigns.add(step, campaign.userId());
      }
    }
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    activeCampaigns.clear();
    try (Statement statement = transaction.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "select count(*), count(campaign_id) from calls"
                  + " where open_since is not null and outcome is null")) {
        row.next();
        openCalls = row.getLong(1);
        openCampaignCalls = row.getLong(2);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select user_id, count(case when status = 'ACTIVE' then 1 end), count(*),"
                  + " max(last_received_at) from campaigns group by user_id")) {
        while (rows.next()) {
          activeCampaigns.know(rows.getLong(3), heardOf(rows.getLong(4)), rows.getString(1));
          if (rows.getLong(2) > 0) {
            activeCampaigns.add(rows.getLong(2), rows.getString(1));
          }
        }
      }
    }
  }

  /** Rows of before this was kept count as heard of now. */
  private Instant heardOf(long micros) {
    return micros == 0 ? clock.instant() : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
