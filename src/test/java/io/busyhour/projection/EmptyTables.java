package io.busyhour.projection;

import io.busyhour.boot.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;

/** Databases with all tables and nothing in them. */
final class EmptyTables {
  /** What the migrations make, in a tenth of the time that they take: tests need hundreds. */
  private static final String SCRIPT = script(migrated(nothing()));

  private EmptyTables() {}

  /** A new one in memory. */
  static DataSource inMemory() {
    DataSource source = nothing();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(SCRIPT);
      return source;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A database whose tables are brought up to this version. */
  static DataSource migrated(DataSource source) {
    Flyway.configure().dataSource(source).locations(migrations(source)).load().migrate();
    return source;
  }

  /** Where the migrations of a kind of database are. */
  static String[] migrations(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return Database.migrations(connection.getMetaData().getURL());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new one in memory, without even tables. */
  static DataSource nothing() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return source;
  }

  private static String script(DataSource source) {
    StringBuilder script = new StringBuilder();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("script nosettings")) {
      while (rows.next()) {
        // The user is there in each new database.
        if (!rows.getString(1).startsWith("CREATE USER")) {
          script.append(rows.getString(1)).append('\n');
        }
      }
      return script.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
