package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.CampaignChange;
import io.busyhour.projection.change.CampaignRecord;
import io.busyhour.projection.change.Change;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gauges that count rows: calls without an end, and active campaigns. They are counted at a start
 * and follow each change of a row in the transaction that makes it, so a lost event leaves them no
 * more wrong than the rows are, and they can never be negative.
 */
public final class RowsFold implements Fold {

  private final int limit;
  private final Map<String, Long> activeCampaigns = new TreeMap<>();
  private long openCalls;
  private long openCampaignCalls;

  /**
   * Registers the families.
   *
   * @param limit how many users are shown by name; the others together as {@code __other__}
   */
  public RowsFold(Meters meters, int limit) {
    this.limit = limit;
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
    meters.computed("campaign_active_campaigns", this::activeCampaigns);
  }

  private static MetricSnapshot gauge(String name, String help, long value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value((double) value).build())
        .build();
  }

  private MetricSnapshot activeCampaigns() {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("campaign_active_campaigns")
            .help("Campaigns in status active; a user falling to 0 shows 0.");
    long named = 0;
    long others = 0;
    for (Map.Entry<String, Long> user : activeCampaigns.entrySet()) {
      if (named++ < limit - 1) {
        family.dataPoint(point(user.getKey(), user.getValue()));
      } else {
        others += user.getValue();
      }
    }
    if (named > limit - 1) {
      family.dataPoint(point(Meters.OTHER, others));
    }
    return family.build();
  }

  private static GaugeDataPointSnapshot point(String user, long count) {
    return GaugeDataPointSnapshot.builder()
        .labels(Labels.of("user_id", user))
        .value((double) count)
        .build();
  }

  @Override
  public void on(Change change) {
    switch (change) {
      case CallChange call -> on(call);
      case CampaignChange campaign -> on(campaign);
      default -> {
        // Not of a row that is counted here.
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
    count(change.before(), -1);
    count(change.after(), 1);
  }

  private void count(CampaignRecord campaign, int step) {
    if (campaign != null && campaign.isActive()) {
      String user = campaign.userId() == null ? "" : campaign.userId();
      activeCampaigns.merge(user, (long) step, Long::sum);
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
              "select coalesce(user_id, ''), count(case when status = 'ACTIVE' then 1 end)"
                  + " from campaigns group by coalesce(user_id, '')")) {
        while (rows.next()) {
          activeCampaigns.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
  }
}
