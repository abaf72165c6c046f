package io.busyhour.projection.windows.rollup;

import io.busyhour.event.field.Words;
import io.busyhour.projection.windows.sliding.Bucket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** The statements that write figures, the same for H2 and PostgreSQL. */
final class RollupTable {
  private RollupTable() {}

  /** Tells whether any call is in the figures. */
  static boolean hasCalls(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from rollup where kind = ? fetch first 1 rows only")) {
      select.setString(1, Words.of(Kind.STARTED));
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** The figures that are stored, or null if there are none. */
  static Bucket find(PreparedStatement select, RollupKey key) throws SQLException {
    bind(select, 1, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Bucket.parse(Figure.COUNT, row.getString(1)) : null;
    }
  }

  static PreparedStatement select(Connection connection) throws SQLException {
    return connection.prepareStatement(
        "select state from rollup"
            + " where kind = ? and label = ? and step_seconds = ? and start_second = ?");
  }

  static void insert(Connection connection, Map<RollupKey, Bucket> rows) throws SQLException {
    write(
        connection,
        "insert into rollup (total, state, kind, label, step_seconds, start_second)"
            + " values (?, ?, ?, ?, ?, ?)",
        rows);
  }

  static void update(Connection connection, Map<RollupKey, Bucket> rows) throws SQLException {
    write(
        connection,
        "update rollup set total = ?, state = ?"
            + " where kind = ? and label = ? and step_seconds = ? and start_second = ?",
        rows);
  }

  private static void write(Connection connection, String sql, Map<RollupKey, Bucket> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Map.Entry<RollupKey, Bucket> row : rows.entrySet()) {
        Bucket bucket = row.getValue();
        statement.setLong(1, bucket.count(Figure.TOTAL.place()));
        statement.setString(2, bucket.state());
        bind(statement, 3, row.getKey());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, int first, RollupKey key)
      throws SQLException {
    statement.setString(first, Words.of(key.kind()));
    statement.setString(first + 1, key.label());
    statement.setInt(first + 2, key.step().seconds());
    statement.setLong(first + 3, key.start());
  }

  /** Deletes what is older than is kept by now. */
  static void deleteOld(Connection connection, long now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from rollup where kind = ? and step_seconds = ? and start_second < ?")) {
      for (Kind kind : Kind.values()) {
        for (Step step : kind.steps()) {
          delete.setString(1, Words.of(kind));
          delete.setInt(2, step.seconds());
          delete.setLong(3, step.oldest(now));
          delete.addBatch();
        }
      }
      delete.executeBatch();
    }
  }
}
