package io.busyhour.projection;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes a database what it would be had an earlier version of the server filled it. */
final class Before {
  private Before() {}

  /**
   * Creates the tables of a version in an empty database and copies what they have columns for.
   *
   * @param filled a database of today
   */
  static void version(String version, DataSource filled, DataSource empty) throws SQLException {
    Flyway.configure()
        .dataSource(empty)
        .locations(EmptyTables.migrations(empty))
        .target(version)
        .load()
        .migrate();
    try (Connection from = filled.getConnection();
        Connection to = empty.getConnection()) {
      for (String table : tables(to)) {
        copy(table, from, to);
      }
      // Later versions bring it.
      to.createStatement().execute("delete from projection where name = 'outbox'");
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
      }
    }
    tables.remove("flyway_schema_history");
    return tables;
  }

  private static void copy(String table, Connection from, Connection to) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet none = to.createStatement().executeQuery("select * from " + table)) {
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        columns.add(none.getMetaData().getColumnName(i));
      }
    }
    String names = String.join(", ", columns);
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    to.createStatement().execute("delete from " + table); // rows that a migration has put there
    try (ResultSet rows =
            from.createStatement().executeQuery("select " + names + " from " + table);
        PreparedStatement insert =
            to.prepareStatement(
                "insert into " + table + " (" + names + ") values (" + marks + ")")) {
      while (rows.next()) {
        for (int i = 1; i <= columns.size(); i++) {
          Object value = rows.getObject(i);
          insert.setObject(i, value instanceof Clob ? rows.getString(i) : value);
        }
        insert.executeUpdate();
      }
    }
  }
}
