package io.busyhour.projection.meters.dialer;

import io.busyhour.event.DialerEvent.State;
import io.busyhour.event.LineEvent.Origin;
import io.busyhour.event.LineEvent.SessionsSampled;
import io.busyhour.projection.LabelText;
import io.busyhour.projection.meters.RowGauge;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many caller sessions log lines say there are: of each label set the latest by event time, the
 * greater of two of one moment. Kept in a table of its own, and no longer than anything else of
 * which nothing is heard.
 */
final class SampledSessions {
  private final RowGauge.Bounds bounds;
  private final Map<Key, Said> said = new HashMap<>();
  private final Set<Key> changed = new HashSet<>();

  private record Key(State state, List<String> labels) {}

  /** Times are microseconds since 1970. */
  private record Said(double sessions, long at, long heardAt) {
    private Said later(Said other) {
      boolean isLater =
          other.at > at || (other.at == at && Double.compare(other.sessions, sessions) > 0);
      Said latest = isLater ? other : this;
      return new Said(latest.sessions, latest.at, Math.max(heardAt, other.heardAt));
    }
  }

  SampledSessions(RowGauge.Bounds bounds) {
    this.bounds = bounds;
  }

  /** What is known of a state by label values, without what is idle. */
  Map<List<String>, Double> values(State state) {
    long oldest = oldest();
    Map<List<String>, Double> values = new HashMap<>();
    said.forEach(
        (key, latest) -> {
          if (key.state == state && latest.heardAt >= oldest) {
            values.put(key.labels, latest.sessions);
          }
        });
    return values;
  }

  private long oldest() {
    return micros(bounds.clock().instant().minus(bounds.idle()));
  }

  void hear(SessionsSampled sample, Instant time, Instant receivedAt) {
    Origin of = sample.origin();
    Key key =
        new Key(
            sample.state(),
            List.of(text(of.account()), text(of.campaign()), text(of.campaignType())));
    if (!said.containsKey(key) && isFull()) {
      return;
    }
    Said one = new Said(sample.sessions(), micros(time), micros(receivedAt));
    said.merge(key, one, Said::later);
    changed.add(key);
  }

  private static String text(String label) {
    return label == null ? "" : label;
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** As with other gauges, what exceeds the limit is left out. */
  private boolean isFull() {
    int most = bounds.limit() * State.values().length;
    if (said.size() >= most) {
      dropIdle();
    }
    return said.size() >= most;
  }

  private void dropIdle() {
    long oldest = oldest();
    List<Key> idle = new ArrayList<>();
    said.forEach(
        (key, latest) -> {
          if (latest.heardAt < oldest) {
            idle.add(key);
          }
        });
    idle.forEach(said::remove);
    changed.addAll(idle);
  }

  void save(Connection transaction) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    dropIdle();
    try (PreparedStatement delete =
            transaction.prepareStatement(
                "delete from sampled_sessions where state = ? and labels = ?");
        PreparedStatement insert =
            transaction.prepareStatement(
                "insert into sampled_sessions (state, labels, sessions, said_at, heard_at)"
                    + " values (?, ?, ?, ?, ?)")) {
      for (Key key : changed) {
        save(key, delete, insert);
      }
      delete.executeBatch();
      insert.executeBatch();
    }
    changed.clear();
  }

  private void save(Key key, PreparedStatement delete, PreparedStatement insert)
      throws SQLException {
    String labels = LabelText.write(key.labels);
    delete.setString(1, key.state.name());
    delete.setString(2, labels);
    delete.addBatch();
    Said latest = said.get(key);
    if (latest != null) {
      insert.setString(1, key.state.name());
      insert.setString(2, labels);
      insert.setDouble(3, latest.sessions);
      insert.setLong(4, latest.at);
      insert.setLong(5, latest.heardAt);
      insert.addBatch();
    }
  }

  void restore(Connection transaction) throws SQLException {
    said.clear();
    changed.clear();
    try (Statement statement = transaction.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select state, labels, sessions, said_at, heard_at from sampled_sessions")) {
      while (rows.next()) {
        Key key = new Key(State.valueOf(rows.getString(1)), LabelText.read(rows.getString(2)));
        said.put(key, new Said(rows.getDouble(3), rows.getLong(4), rows.getLong(5)));
      }
    }
  }
}
