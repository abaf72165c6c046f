package io.busyhour.boot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The database of this process, with its tables brought up to this version: open until closed. */
public final class Database implements AutoCloseable {
  private static final String SETTING = "busyhour.database.url";
  static final String EXPECTED =
      "jdbc:h2:file:<path> or jdbc:postgresql://<host>:<port>/<database>";
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  // Error codes of H2 (org.h2.api.ErrorCode) and SQLSTATEs of both.
  private static final int H2_FILE_IN_USE = 90020;
  private static final String WRONG_PASSWORD = "28";
  private static final int CONNECTIONS = 10;
  private static final long CONNECT_MILLIS = 5_000;

  static {
    // H2 keeps the values that it makes in a table of soft references, to share equal ones. Keys
    // and positions never are equal: it costs the journal an eighth. H2 reads this once, when it
    // starts.
    if (System.getProperty("h2.objectCache") == null) {
      System.setProperty("h2.objectCache", "false");
    }
  }

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Opens a database and brings its tables up to this version.
   *
   * @param url an H2 file, whose folder is created, or a PostgreSQL database
   * @throws IllegalArgumentException when it cannot be opened: which setting, why, what to do
   */
  public static Database open(String url, String user, String password) {
    HikariDataSource pool = connect(url, user, password);
    try {
      checkEncoding(pool, url);
      // Not from the pool: a change of large tables may take longer than a statement should.
      Flyway.configure()
          .dataSource(pool.getJdbcUrl(), user, password)
          .locations(migrations(url))
          .load()
          .migrate();
      return new Database(pool);
    } catch (FlywayException e) {
      pool.close();
      throw fault(url, "has tables that cannot be brought up to this version", e);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** Where the changes of the schema lie for a database: those for all, and those of its kind. */
  public static String[] migrations(String url) {
    return new String[] {
      "classpath:db/migration", "classpath:db/" + (url.startsWith(POSTGRESQL) ? "postgresql" : "h2")
    };
  }

  private static HikariDataSource connect(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("busyhour");
    config.setJdbcUrl(complete(url));
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECT_MILLIS);
    if (url.startsWith(POSTGRESQL)) {
      config.addDataSourceProperty("reWriteBatchedInserts", "true");
      // A server that is gone without a word must not hold the journal for ever.
      config.addDataSourceProperty("socketTimeout", "60");
      config.addDataSourceProperty("tcpKeepAlive", "true");
      // A detail names the row, and with it phone numbers.
      config.addDataSourceProperty("logServerErrorDetail", "false");
    }
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw fault(url, reason(e), e);
    }
  }

  private static String complete(String url) {
    if (url.startsWith(POSTGRESQL)) {
      return url;
    }
    if (!url.startsWith(H2)) {
      throw fault(url, "(expected: " + EXPECTED + ")", null);
    }
    try {
      H2Url file = H2Url.of(url);
      file.createFolder();
      return file.complete();
    } catch (IllegalArgumentException e) {
      throw fault(url, e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw fault(url, e.getMessage(), e);
    }
  }

  /** Ids are any Unicode: one that the database cannot hold would fail the group that it is in. */
  private static void checkEncoding(DataSource pool, String url) {
    if (!url.startsWith(POSTGRESQL)) {
      return;
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW server_encoding")) {
      rows.next();
      if (!rows.getString(1).equals("UTF8")) {
        throw fault(
            url,
            "has the encoding " + rows.getString(1) + " (expected: UTF8); create another",
            null);
      }
    } catch (SQLException e) {
      throw fault(url, reason(e), e);
    }
  }

  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        if (sql.getErrorCode() == H2_FILE_IN_USE) {
          return "is open in another process (expected: one at a time); stop it, or choose another"
              + " file";
        }
        if (sql.getSQLState() != null && sql.getSQLState().startsWith(WRONG_PASSWORD)) {
          return "refuses the user or the password; see busyhour.database.user and .password";
        }
        if (isHarmless(sql.getMessage())) {
          return "cannot be opened: " + sql.getMessage();
        }
      }
    }
    return "cannot be opened; check that it runs, and the address";
  }

  /** Some messages of drivers quote the URL, and a password with it. */
  private static boolean isHarmless(String message) {
    return message != null
        && !message.contains("jdbc:")
        && !message.toLowerCase(Locale.ROOT).contains("password");
  }

  private static IllegalArgumentException fault(String url, String reason, Throwable cause) {
    return new IllegalArgumentException(
        "%s: \"%s\" %s".formatted(SETTING, shown(url), reason), cause);
  }

  /** What stands after the address can hold a password. */
  private static String shown(String url) {
    return url.split("[?;]", 2)[0].replaceAll("//[^/@]*@", "//");
  }

  /** Gives connections; each commits by itself unless told otherwise. */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
