package io.busyhour.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The stored position of the projection. */
final class Positions {
  private static final String NAME = "calls";

  private Positions() {}

  static long read(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select position from projection where name = ?")) {
      query.setString(1, NAME);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  static void write(Connection connection, long position) throws SQLException {
    if (update(connection, "update projection set position = ? where name = ?", position) == 0) {
      update(connection, "insert into projection (position, name) values (?, ?)", position);
    }
  }

  private static int update(Connection connection, String sql, long position) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, position);
      statement.setString(2, NAME);
      return statement.executeUpdate();
    }
  }
}
