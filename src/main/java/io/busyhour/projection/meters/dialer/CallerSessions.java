package io.busyhour.projection.meters.dialer;

import io.busyhour.event.DialerEvent.State;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.SessionChange;
import io.busyhour.projection.change.SessionChange.Labels;
import io.busyhour.projection.change.SessionChange.Session;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gauges that count caller sessions by what they are doing. They are counted from rows at a start
 * and follow each change of a row, so they can never be negative; a label set is shown for as long
 * as anything was heard of one of its sessions lately, those that ended included.
 */
public final class CallerSessions implements Fold {
  private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());
  private static final Comparator<Labels> ORDER =
      Comparator.comparing(Labels::account, TEXT)
          .thenComparing(Labels::campaign, TEXT)
          .thenComparing(Labels::campaignType, TEXT);

  private final int limit;
  private final Map<Labels, Map<State, Long>> counts = new TreeMap<>(ORDER);

  /**
   * Registers the families.
   *
   * @param limit how many label sets are shown by name; the others together as {@code __other__}
   */
  public CallerSessions(Meters meters, int limit) {
    this.limit = limit;
    String onCall = "dialer_caller_sessions_on_call";
    String hold = "dialer_caller_sessions_hold";
    String wrapUp = "dialer_caller_sessions_wrap_up";
    register(meters, onCall, State.ON_CALL, "Caller sessions that talk to a contact.");
    register(meters, hold, State.HOLD, "Caller sessions that wait for the next contact.");
    register(meters, wrapUp, State.WRAP_UP, "Caller sessions that write up the last call.");
  }

  private void register(Meters meters, String name, State state, String help) {
    meters.computed(name, () -> shown(name, help, state));
  }

  private MetricSnapshot shown(String name, String help, State state) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    long named = 0;
    long others = 0;
    for (Map.Entry<Labels, Map<State, Long>> one : counts.entrySet()) {
      long count = one.getValue().getOrDefault(state, 0L);
      if (named++ < limit - 1) {
        family.dataPoint(point(one.getKey(), count));
      } else {
        others += count;
      }
    }
    if (named > limit - 1) {
      family.dataPoint(point(new Labels(Meters.OTHER, Meters.OTHER, Meters.OTHER), others));
    }
    return family.build();
  }

  private static GaugeDataPointSnapshot point(Labels labels, long count) {
    return GaugeDataPointSnapshot.builder()
        .labels(
            io.prometheus.metrics.model.snapshots.Labels.of(
                "account",
                shown(labels.account()),
                "campaign",
                shown(labels.campaign()),
                "campaign_type",
                shown(labels.campaignType())))
        .value((double) count)
        .build();
  }

  private static String shown(String value) {
    return value == null ? "" : value;
  }

  /** How many sessions of a label set are in a state now. */
  long count(Labels labels, State state) {
    return counts.getOrDefault(labels, Map.of()).getOrDefault(state, 0L);
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof SessionChange change) {
      step(change.before(), -1);
      step(change.after(), 1);
    }
  }

  private void step(Session session, int step) {
    if (session != null) {
      add(session.labels(), session.state(), step);
    }
  }

  private void add(Labels labels, State state, long sessions) {
    Map<State, Long> ofLabels = counts.computeIfAbsent(labels, l -> new EnumMap<>(State.class));
    if (ofLabels.merge(state, sessions, CallerSessions::sum) == null && ofLabels.isEmpty()) {
      counts.remove(labels);
    }
  }

  /** Null where nothing is left, which a map forgets. */
  private static Long sum(Long held, Long more) {
    return held + more == 0 ? null : Long.valueOf(held + more);
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    counts.clear();
    try (Statement statement = transaction.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select account, campaign, campaign_type, state, count(*) from caller_sessions"
                    + " where settle_due is not null"
                    + " group by account, campaign, campaign_type, state")) {
      while (rows.next()) {
        Labels labels = new Labels(rows.getString(1), rows.getString(2), rows.getString(3));
        add(labels, State.valueOf(rows.getString(4)), rows.getLong(5));
      }
    }
  }
}
