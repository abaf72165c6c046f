package io.busyhour.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.boot.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresJournalTest extends SqlJournalContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final String USER = "postgres";
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Database.open(newUrl("migrated", ""), USER, "").close();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  String user() {
    return USER;
  }

  /** A copy is quicker than all migrations. */
  @Override
  String newUrl() {
    return newUrl("journal_" + DATABASES.incrementAndGet(), " TEMPLATE migrated");
  }

  private static String newUrl(String name, String options) {
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      connection.createStatement().execute("CREATE DATABASE " + name + options);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), name);
  }

  @Test
  void open_databaseThatCannotHoldUnicode_isRefused() {
    String latin = newUrl("latin", " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    assertThatThrownBy(() -> Database.open(latin, user(), ""))
        .hasMessageContaining("has the encoding LATIN1 (expected: UTF8)");
  }

  @Test
  void open_userThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> Database.open(newUrl(), "nobody", ""))
        .hasMessageContaining("refuses the user or the password");
  }
}
