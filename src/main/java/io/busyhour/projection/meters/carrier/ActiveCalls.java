package io.busyhour.projection.meters.carrier;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.Fold;
import io.busyhour.projection.LabelText;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.meters.RowGauge;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Calls without an end by account, trunk and direction, counted from their rows. */
public final class ActiveCalls implements Fold {
  private final RowGauge gauge;

  /** Registers the family. */
  public ActiveCalls(Meters meters, RowGauge.Bounds bounds) {
    gauge =
        new RowGauge(
            meters,
            bounds,
            "warp_active_calls",
            "Calls without an end.",
            "account",
            "trunk",
            "direction");
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof CallChange change) {
      List<String> before = labels(change.before());
      List<String> after = labels(change.after());
      if (!before.equals(after)) {
        add(-1, before);
        add(1, after);
      }
      if (change.counted().contains(Contribution.ATTEMPT)) {
        Beginning b = change.after().beginning();
        gauge.know(b.account(), b.trunk(), word(b.direction()));
      }
    }
  }

  private void add(long step, List<String> labels) {
    if (!labels.isEmpty()) {
      gauge.add(step, labels.toArray(String[]::new));
    }
  }

  /** What an open call counts under; nothing for any other. */
  private static List<String> labels(CallRecord call) {
    if (call == null || !call.isOpen()) {
      return List.of();
    }
    return List.of(
        orEmpty(call.beginning().account()),
        orEmpty(call.beginning().trunk()),
        word(call.beginning().direction()));
  }

  private static String word(Direction direction) {
    return direction == null ? "" : Words.of(direction);
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    gauge.clear();
    know(transaction);
    try (Statement statement = transaction.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select account, trunk, direction, count(*) from calls"
                    + " where open_since is not null and outcome is null"
                    + " group by account, trunk, direction")) {
      while (row.next()) {
        String direction = row.getString(3);
        gauge.add(
            row.getLong(4),
            row.getString(1),
            row.getString(2),
            direction == null ? "" : word(Direction.valueOf(direction)));
      }
    }
  }

  /** Label sets of which there were attempts. */
  private void know(Connection transaction) throws SQLException {
    try (Statement statement = transaction.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select labels from series where family = '" + CarrierFold.ATTEMPTS + "'")) {
      while (row.next()) {
        List<String> labels = LabelText.read(row.getString(1));
        if (!labels.getFirst().equals(Meters.OTHER)) {
          gauge.know(
              labels.get(CarrierFold.ACCOUNT),
              labels.get(CarrierFold.TRUNK),
              labels.get(CarrierFold.DIRECTION));
        }
      }
    }
  }
}
