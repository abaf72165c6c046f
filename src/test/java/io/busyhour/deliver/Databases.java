package io.busyhour.deliver;

import io.busyhour.boot.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An empty database with all tables, of the kind that a test asks for. */
public final class Databases implements AutoCloseable {
  /** What a test may run on. */
  public enum Kind {
    /** A file of its own. */
    H2,
    /** A server of its own. */
    POSTGRESQL
  }

  private final EmbeddedPostgres postgres;
  private final Database database;

  private Databases(EmbeddedPostgres postgres, Database database) {
    this.postgres = postgres;
    this.database = database;
  }

  /** Opens one. */
  public static Databases open(Kind kind, Path folder) {
    if (kind == Kind.H2) {
      String url = "jdbc:h2:file:" + folder.resolve("busyhour");
      return new Databases(null, Database.open(url, null, null));
    }
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      return new Databases(
          postgres, Database.open(postgres.getJdbcUrl("postgres", "postgres"), "postgres", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its connections are. */
  public DataSource dataSource() {
    return database.dataSource();
  }

  /** Runs a statement. */
  public void run(String sql) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    database.close();
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
