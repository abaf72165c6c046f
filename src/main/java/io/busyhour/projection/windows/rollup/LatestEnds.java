package io.busyhour.projection.windows.rollup;

import io.busyhour.event.Outcome;
import io.busyhour.projection.Fold;
import io.busyhour.projection.LabelText;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Keeps how the calls ended that ended last by themselves, in one row: a few more than are asked
 * for, so that a correction of one of them has another in its place.
 */
public final class LatestEnds implements Fold {
  private static final int KEPT = 32;
  private static final int TEXTS_OF_ONE = 3;

  /**
   * How one call ended.
   *
   * @param at when, by its sender's clock
   */
  private record End(Instant at, String callId, Outcome outcome) {
    static final Comparator<End> NEWEST_FIRST =
        Comparator.comparing(End::at).reversed().thenComparing(End::callId);
  }

  private final TreeSet<End> ends = new TreeSet<>(End.NEWEST_FIRST);
  private boolean changed;

  @Override
  public void on(Change change) {
    if (change instanceof CallChange call) {
      End before = end(call.before());
      End after = end(call.after());
      if (before != null && !before.equals(after)) {
        changed |= ends.remove(before);
      }
      if (after != null && !after.equals(before) && ends.add(after)) {
        boolean tooMany = ends.size() > KEPT;
        changed |= !tooMany || !ends.pollLast().equals(after);
      }
    }
  }

  private static End end(CallRecord call) {
    return call != null && call.isEndedForReal()
        ? new End(call.times().ended(), call.callId(), call.end().outcome())
        : null;
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    if (!changed) {
      return;
    }
    if (write(transaction, "update latest_ends set state = ?") == 0) {
      write(transaction, "insert into latest_ends (state) values (?)");
    }
    changed = false;
  }

  private int write(Connection transaction, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (End end : ends) {
      texts.add(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, end.at())));
      texts.add(end.callId());
      texts.add(end.outcome().name());
    }
    try (PreparedStatement statement = transaction.prepareStatement(sql)) {
      statement.setString(1, LabelText.write(texts));
      return statement.executeUpdate();
    }
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    ends.clear();
    List<End> saved = read(transaction);
    ends.addAll(saved.isEmpty() ? ofStoredCalls(transaction) : saved);
    changed = saved.isEmpty() && !ends.isEmpty();
    save(transaction);
  }

  /** Those that ended before any end was kept. */
  private static List<End> ofStoredCalls(Connection transaction) throws SQLException {
    List<End> found = new ArrayList<>();
    try (PreparedStatement select =
        transaction.prepareStatement(
            "select ended_at, call_id, outcome from calls"
                + " where outcome is not null and released_standing <> 'REAPED'"
                + " order by ended_at desc, call_id fetch first ? rows only")) {
      select.setInt(1, KEPT);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(end(rows.getLong(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return found;
  }

  private static End end(long micros, String callId, String outcome) {
    Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    return new End(at, callId, Outcome.valueOf(outcome));
  }

  /** How the calls ended that ended last since a time, the newest first. */
  static List<Outcome> since(Connection connection, Instant time, int limit) throws SQLException {
    return read(connection).stream()
        .filter(end -> !end.at().isBefore(time))
        .limit(limit)
        .map(End::outcome)
        .toList();
  }

  private static List<End> read(Connection connection) throws SQLException {
    List<End> read = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement("select state from latest_ends");
        ResultSet row = select.executeQuery()) {
      List<String> texts = row.next() ? LabelText.read(row.getString(1)) : List.of();
      for (int i = 0; i < texts.size(); i += TEXTS_OF_ONE) {
        read.add(end(Long.parseLong(texts.get(i)), texts.get(i + 1), texts.get(i + 2)));
      }
    }
    return read;
  }
}
