package io.busyhour.projection.meters;

import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.CampaignChange;
import io.busyhour.projection.change.CampaignRecord;
import io.busyhour.projection.change.Change;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Gauges that count rows: calls without an end, and active campaigns. They are counted at a start
 * and follow each change of a row in the transaction that makes it, so a lost event leaves them no
 * more wrong than the rows are, and they can never be negative.
 */
public final class RowsFold implements Fold {

  private static final Duration FORGETS_EVERY = Duration.ofMinutes(1);

  private final Duration idle;
  private final Clock clock;
  private final UserCounts activeCampaigns;
  private Instant now = Instant.EPOCH;
  private Instant forgot = Instant.EPOCH;
  private long openCalls;
  private long openCampaignCalls;

  /**
   * Registers the families.
   *
   * @param limit how many users are shown by name; the others together as {@code __other__}
   * @param idle how long a user without active campaigns is shown with 0
   */
  public RowsFold(Meters meters, int limit, Duration idle, Clock clock) {
    this.idle = idle;
    this.clock = clock;
    activeCampaigns = new UserCounts(limit);
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
            .help("Campaigns in status active; a user falling to 0 shows 0, then goes idle.");
    activeCampaigns.show(family, clock.instant().minus(idle));
    return family.build();
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    now = entry.receivedAt();
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
    CampaignRecord before = change.before();
    if (before != null) {
      activeCampaigns.add(before.userId(), before.isActive() ? -1 : 0, now);
    }
    CampaignRecord after = change.after();
    activeCampaigns.add(after.userId(), after.isActive() ? 1 : 0, now);
  }

  @Override
  public void save(Connection transaction) {
    Instant idleSince = clock.instant().minus(idle);
    if (Duration.between(forgot, idleSince).compareTo(FORGETS_EVERY) > 0) {
      activeCampaigns.forgetIdle(idleSince);
      forgot = idleSince;
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
              "select coalesce(user_id, ''), count(case when status = 'ACTIVE' then 1 end),"
                  + " max(last_received_at) from campaigns group by coalesce(user_id, '')")) {
        while (rows.next()) {
          activeCampaigns.add(rows.getString(1), rows.getLong(2), heardOf(rows.getLong(3)));
        }
      }
    }
  }

  /** Rows of before this was kept count as heard of now. */
  private Instant heardOf(long micros) {
    return micros == 0 ? clock.instant() : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
