package io.busyhour.projection.meters.dialer;

import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.LineEvent.SessionsSampled;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.SessionChange;
import io.busyhour.projection.change.SessionChange.Labels;
import io.busyhour.projection.change.SessionChange.Session;
import io.busyhour.projection.meters.RowGauge;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/**
 * Gauges that count caller sessions by what they are doing. They are counted from rows at a start
 * and follow each change of a row, so they can never be negative; a label set is shown for as long
 * as anything was heard of one of its sessions lately, those that ended included. Of label sets
 * without rows, what log lines say is shown.
 */
public final class CallerSessions implements Fold {
  private final Map<State, RowGauge> gauges = new EnumMap<>(State.class);
  private final SampledSessions sampled;
  private final InstantSource clock;

  /** Registers the families. */
  public CallerSessions(Meters meters, RowGauge.Bounds bounds) {
    clock = bounds.clock();
    sampled = new SampledSessions(bounds);
    String onCall = "dialer_caller_sessions_on_call";
    String hold = "dialer_caller_sessions_hold";
    String wrapUp = "dialer_caller_sessions_wrap_up";
    String[] labels = {"account", "campaign", "campaign_type"};
    String talking = "Caller sessions that talk to a contact.";
    String waiting = "Caller sessions that wait for the next contact.";
    String writing = "Caller sessions that write up the last call.";
    gauges.put(State.ON_CALL, new RowGauge(meters, bounds, onCall, talking, labels));
    gauges.put(State.HOLD, new RowGauge(meters, bounds, hold, waiting, labels));
    gauges.put(State.WRAP_UP, new RowGauge(meters, bounds, wrapUp, writing, labels));
    gauges.forEach((state, gauge) -> gauge.otherwise(() -> sampled.values(state)));
  }

  /** How many sessions of a label set are in a state now; not for the state ended. */
  long count(Labels labels, State state) {
    return gauges.get(state).count(values(labels));
  }

  private static String[] values(Labels labels) {
    return new String[] {labels.account(), labels.campaign(), labels.campaignType()};
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    if (occurrence.event() instanceof SessionsSampled said) {
      sampled.hear(said, occurrence.time(), entry.receivedAt());
    }
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    sampled.save(transaction);
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
    String[] values = values(labels);
    gauges.values().forEach(gauge -> gauge.know(sessions, clock.instant(), values));
    if (gauges.containsKey(state)) {
      gauges.get(state).add(sessions, values);
    }
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    sampled.restore(transaction);
    gauges.values().forEach(RowGauge::clear);
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
