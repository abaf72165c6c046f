package io.busyhour.projection.meters;

import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.SeriesState;
import io.busyhour.projection.Fold;
import io.busyhour.projection.LabelText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Saves the series that changed in the transaction of the entries that changed them, and restores
 * all of them.
 */
public final class SeriesStore implements Fold {
  private static final int FETCH = 1000;

  private final Meters meters;

  /** Saves the series of these meters. */
  public SeriesStore(Meters meters) {
    this.meters = meters;
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    List<SeriesState> changed = meters.changed();
    if (!changed.isEmpty()) {
      save(transaction, changed);
    }
  }

  private static void save(Connection transaction, List<SeriesState> changed) throws SQLException {
    try (PreparedStatement insert =
            transaction.prepareStatement(
                "insert into series (family, labels, state, touched_at, id)"
                    + " values (?, ?, ?, ?, ?)");
        PreparedStatement update =
            transaction.prepareStatement(
                "update series set state = ?, touched_at = ? where id = ?");
        PreparedStatement delete =
            transaction.prepareStatement("delete from series where id = ?")) {
      for (SeriesState series : changed) {
        if (series.gone()) {
          delete.setLong(1, series.id());
          delete.addBatch();
        } else if (series.stored()) {
          update.setString(1, series.state());
          update.setLong(2, series.touchedAt());
          update.setLong(3, series.id());
          update.addBatch();
        } else {
          insert.setString(1, series.family());
          insert.setString(2, LabelText.write(series.labels()));
          insert.setString(3, series.state());
          insert.setLong(4, series.touchedAt());
          insert.setLong(5, series.id());
          insert.addBatch();
        }
      }
      insert.executeBatch();
      checkThere(update.executeBatch());
      delete.executeBatch();
    }
  }

  /** Another process on the same database may have dropped as idle what has come back here. */
  private static void checkThere(int[] counts) {
    if (IntStream.of(counts).anyMatch(count -> count == 0)) {
      throw new IllegalStateException("a series is not in the table any more: read it anew");
    }
  }

  @Override
  public void restore(Connection transaction) throws SQLException {
    List<SeriesState> all = new ArrayList<>();
    try (PreparedStatement query =
        transaction.prepareStatement(
            "select id, family, labels, state, touched_at from series order by id")) {
      query.setFetchSize(FETCH);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          all.add(
              new SeriesState(
                  rows.getLong(1),
                  rows.getString(2),
                  LabelText.read(rows.getString(3)),
                  rows.getString(4),
                  true,
                  rows.getLong(5)));
        }
      }
    }
    meters.restore(all);
  }
}
