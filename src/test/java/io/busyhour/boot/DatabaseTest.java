package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private static final String EXPECTED =
      "expected: jdbc:h2:file:<path> or jdbc:postgresql://<host>:<port>/<database>";

  @TempDir private Path folder;

  private String url(String name) {
    return "jdbc:h2:file:" + folder.resolve(name);
  }

  private static String text(Database database, String query) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  @Test
  void open_newFile_makesFolderAndTables() throws SQLException {
    try (Database database = Database.open(url("new/folder/busyhour"), "sa", "")) {
      assertThat(text(database, "SELECT count(*) FROM journal")).isEqualTo("0");
    }
    assertThat(folder.resolve("new/folder/busyhour.mv.db")).exists();
  }

  @Test
  void open_again_keepsWhatIsThere() throws SQLException {
    try (Database database = Database.open(url("a"), "sa", "");
        Connection connection = database.dataSource().getConnection()) {
      connection.createStatement().execute("UPDATE journal_tip SET position = 7");
    }
    try (Database database = Database.open(url("a"), "sa", "")) {
      assertThat(text(database, "SELECT position FROM journal_tip")).isEqualTo("7");
    }
  }

  @Test
  void open_h2_doesNotDelayWrites() throws SQLException {
    try (Database database = Database.open(url("a") + ";CACHE_SIZE=1000", "sa", "")) {
      String query = "SELECT setting_value FROM information_schema.settings WHERE setting_name = ";
      assertThat(text(database, query + "'WRITE_DELAY'")).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://localhost/busyhour",
        "jdbc:h2:mem:busyhour",
        "jdbc:h2:tcp://localhost/busyhour",
        "jdbc:h2:",
        "busyhour.db",
        ""
      })
  void open_otherKind_saysWhatIsExpected(String url) {
    assertThatThrownBy(() -> Database.open(url, "sa", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("busyhour.database.url: \"" + url)
        .hasMessageContaining(EXPECTED);
  }

  @Test
  void open_writeDelayOfAnother_isRefused() {
    assertThatThrownBy(() -> Database.open(url("a") + ";write_delay=500", "sa", ""))
        .hasMessageContaining("WRITE_DELAY: \"500\" (expected: 0");
  }

  @Test
  void open_optionWithoutValue_isRefused() {
    assertThatThrownBy(() -> Database.open(url("a") + ";WRITE_DELAY", "sa", ""))
        .hasMessageContaining("WRITE_DELAY (expected: OPTION=value)");
  }

  @Test
  void open_optionThatH2DoesNotHave_namesIt() {
    assertThatThrownBy(() -> Database.open(url("a") + ";COLOUR=red", "sa", ""))
        .hasMessageContaining("cannot be opened: ")
        .hasMessageContaining("COLOUR");
  }

  @Test
  void open_folderThatIsAFile_saysWhich() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    assertThatThrownBy(() -> Database.open(url("taken/busyhour"), "sa", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the folder " + file + " cannot be made");
  }

  @Test
  void open_wrongPassword_saysSoAndNotThePassword() {
    Database.open(url("a"), "sa", "right horse").close();
    assertThatThrownBy(() -> Database.open(url("a"), "sa", "wrong horse"))
        .hasMessageContaining("refuses the user or the password")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("horse"));
  }

  @Test
  void open_fileOfAnotherProcess_saysSo() throws Exception {
    Process other = otherProcess(url("a"));
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("open");
      assertThatThrownBy(() -> Database.open(url("a"), "sa", ""))
          .hasMessageContaining("is open in another process");
    } finally {
      other.destroyForcibly().waitFor();
    }
    // Killed with the file open: nothing stands in the way of the next start.
    try (Database database = Database.open(url("a"), "sa", "")) {
      assertThat(text(database, "SELECT count(*) FROM journal")).isEqualTo("0");
    }
  }

  private static Process otherProcess(String url) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            url)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Opens a database, says so, and waits to be killed. */
  static final class OtherProcess {
    public static void main(String[] arguments) throws Exception {
      try (Database database = Database.open(arguments[0], "sa", "")) {
        System.out.println(text(database, "SELECT 'open'"));
        System.in.read();
      }
    }
  }

  @Test
  void open_postgresNotThere_saysSoAndNoPassword() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/busyhour";
    assertThatThrownBy(() -> Database.open(url + "?password=horse", "u", "battery"))
        .hasMessageContaining(url + "\" cannot be opened: Connection to 127.0.0.1")
        .hasMessageContaining("refused")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("horse").doesNotContain("batt"));
  }
}
