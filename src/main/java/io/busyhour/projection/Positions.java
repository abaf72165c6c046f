package io.busyhour.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The stored position of the projection. */
final class Positions {
  private static final String NAME = "calls";

  private Positions() {}

  /**
   * Reads the position and keeps every other process from moving it until the transaction ends:
   * what is written with it is written by one at a time.
   */
  static long lock(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select position from projection where name = ? for update")) {
      query.setString(1, NAME);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Moves the position, which this transaction has locked. */
  static void write(Connection connection, long position) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update projection set position = ? where name = ?")) {
      statement.setLong(1, position);
      statement.setString(2, NAME);
      statement.executeUpdate();
    }
  }
}
