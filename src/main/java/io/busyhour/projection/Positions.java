package io.busyhour.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The stored place of the projection. */
final class Positions {
  private static final String NAME = "calls";

  /**
   * What the figures in memory belong to.
   *
   * @param position the last entry that is in them
   * @param settles how often rows were settled by the passing of time alone, at any position
   */
  record Place(long position, long settles) {}

  private Positions() {}

  /**
   * Reads the place and keeps every other process from moving it until the transaction ends: what
   * is written with it is written by one at a time.
   */
  static Place lock(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select position, settles from projection where name = ? for update")) {
      query.setString(1, NAME);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Place(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** Moves the place, which this transaction has locked. */
  static void write(Connection connection, Place place) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update projection set position = ?, settles = ? where name = ?")) {
      statement.setLong(1, place.position());
      statement.setLong(2, place.settles());
      statement.setString(3, NAME);
      statement.executeUpdate();
    }
  }
}
