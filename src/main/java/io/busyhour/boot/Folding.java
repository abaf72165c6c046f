package io.busyhour.boot;

import io.busyhour.instrument.Meters;
import io.busyhour.projection.Fold;
import io.busyhour.projection.meters.CampaignMetrics;
import io.busyhour.projection.meters.DialerMetrics;
import io.busyhour.projection.meters.Idle;
import io.busyhour.projection.meters.IdleFold;
import io.busyhour.projection.meters.JournalFold;
import io.busyhour.projection.meters.RowGauge;
import io.busyhour.projection.meters.SeriesStore;
import io.busyhour.projection.meters.WebhookMetrics;
import io.busyhour.projection.meters.calls.CampaignFold;
import io.busyhour.projection.meters.calls.RowsFold;
import io.busyhour.projection.meters.calls.TwilioFold;
import io.busyhour.projection.meters.calls.VoiceFold;
import io.busyhour.projection.meters.carrier.ActiveCalls;
import io.busyhour.projection.meters.carrier.CarrierFold;
import io.busyhour.projection.meters.carrier.QualityFold;
import io.busyhour.projection.meters.carrier.WorstCalls;
import io.busyhour.projection.meters.dialer.CallerSessions;
import io.busyhour.projection.meters.dialer.DialerFold;
import io.busyhour.projection.meters.dialer.L2metFold;
import io.busyhour.projection.meters.dialer.LineFold;
import io.busyhour.projection.meters.message.MessageFold;
import io.busyhour.projection.meters.money.AccountFold;
import io.busyhour.projection.meters.money.BillingFold;
import io.busyhour.projection.meters.money.TwilioAccountFold;
import io.busyhour.projection.meters.platform.ApiFold;
import io.busyhour.projection.meters.platform.DipFold;
import io.busyhour.projection.meters.platform.InfraFold;
import io.busyhour.projection.meters.statsd.StatsdFamilies;
import io.busyhour.projection.meters.statsd.StatsdFold;
import io.busyhour.projection.meters.webhook.DeliveryFold;
import io.busyhour.projection.meters.webhook.WorkersFold;
import io.busyhour.projection.meters.work.WorkFold;
import io.busyhour.projection.windows.WindowsFold;
import io.busyhour.projection.windows.rollup.LatestEnds;
import io.busyhour.projection.windows.rollup.RollupFold;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Everything that is kept up to date from the journal, in the order in which it is told. */
public final class Folding {

  /**
   * What can be chosen.
   *
   * @param limit the most label sets of a family
   * @param idle how long series are shown of which nothing is heard
   * @param worst what remembers the worst calls
   * @param host the host in l2met lines
   * @param statsdFamilies the most families of StatsD
   * @param l2met takes the dialer's figures as l2met lines, or null
   */
  public record Options(
      int limit,
      Idle idle,
      WorstCalls worst,
      String host,
      int statsdFamilies,
      Consumer<String> l2met) {}

  private Folding() {}

  /** The folds that count with these collectors. */
  public static List<Fold> folds(
      Meters meters, Collectors collectors, Options options, Clock clock) {
    int limit = options.limit();
    Idle idle = options.idle();
    RowGauge.Bounds rows = new RowGauge.Bounds(limit, idle.series(), clock);
    CallerSessions sessions = new CallerSessions(meters, rows);
    StatsdFamilies statsd = new StatsdFamilies(meters, options.statsdFamilies());
    List<Fold> folds = new ArrayList<>();
    Collections.addAll(
        folds,
        // What is dropped is deleted when the series are saved; what they restore, others add to.
        new IdleFold(meters, idle, clock),
        // Its families are there before their series are restored.
        statsd,
        new SeriesStore(meters),
        new CampaignFold(collectors.campaigns()),
        new VoiceFold(meters),
        new TwilioFold(meters),
        new JournalFold(meters),
        new CarrierFold(meters),
        new QualityFold(meters),
        new ActiveCalls(meters, rows),
        options.worst(),
        new RowsFold(meters, rows),
        new MessageFold(meters),
        new BillingFold(meters),
        new AccountFold(meters),
        new TwilioAccountFold(meters),
        new DialerFold(collectors.dialer()),
        sessions,
        new LineFold(meters, collectors.dialer()),
        new DeliveryFold(collectors.webhooks()),
        new WorkersFold(collectors.webhooks(), meters, clock),
        new ApiFold(meters),
        new DipFold(meters),
        new InfraFold(meters),
        new WorkFold(meters),
        new StatsdFold(meters, statsd),
        new WindowsFold(meters, limit, clock),
        new RollupFold(),
        new LatestEnds());
    if (options.l2met() != null) {
      folds.add(new L2metFold(options.host(), collectors.dialer(), sessions, options.l2met()));
    }
    return List.copyOf(folds);
  }

  /** The beans that count. */
  public record Collectors(
      CampaignMetrics campaigns, WebhookMetrics webhooks, DialerMetrics dialer) {}
}
