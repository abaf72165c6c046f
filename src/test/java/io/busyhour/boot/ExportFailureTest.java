package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports whose store or whose reader fails, seen from the wire. */
class ExportFailureTest {
  private static final int CALLS = 100_000;
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

  /** What is logged as a fault of the server while a test runs. */
  private static final class Errors extends Handler {
    final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord said) {
      if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
        messages.add(said.getMessage() + " " + said.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @TempDir private static Path folder;
  private static Running server;
  private final Errors errors = new Errors();

  @BeforeAll
  static void start() throws SQLException {
    server = Running.start(folder, Map.of());
    Instant time = Instant.now().minusSeconds(3600);
    new History("switch").say("call.ended", "one", time, "\"outcome\":\"busy\"").send(server);
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into calls (%s) select %s from calls, system_range(1, %d)"
              .formatted(columns(connection, ""), columns(connection, "copied"), CALLS));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(errors);
  }

  @AfterEach
  void listenNoMore() {
    Logger.getLogger("").removeHandler(errors);
  }

  private static Connection database() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("busyhour"));
  }

  private static String columns(Connection connection, String copied) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet found = connection.getMetaData().getColumns(null, "PUBLIC", "CALLS", null)) {
      while (found.next()) {
        String column = found.getString("COLUMN_NAME");
        if (found.getString("IS_GENERATEDCOLUMN").equals("YES")) {
          continue;
        }
        columns.add(
            copied.isEmpty()
                ? column
                : switch (column) {
                  case "CALL_ID" -> "'copy ' || x";
                  case "STARTED_AT" -> "started_at + x";
                  default -> column;
                });
      }
    }
    return String.join(", ", columns);
  }

  private static void change(String sql) throws SQLException {
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Socket ask(String method, String query, String header) throws IOException {
    URI uri = URI.create(server.uri());
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16_384);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    socket.setSoTimeout(20_000);
    String request =
        "%s /metrics/export?%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
            .formatted(method, query, header);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String rest(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[1 << 16];
    try {
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        all.write(some, 0, n);
        if (all.toString(StandardCharsets.ISO_8859_1).endsWith(LAST_CHUNK)) {
          break;
        }
      }
    } catch (SocketException e) {
      // Reset by the server: it is cut off as well.
    }
    String text = all.toString(StandardCharsets.ISO_8859_1);
    return text.length() > 300 ? text.substring(text.length() - 300) : text;
  }

  @ParameterizedTest
  @CsvSource({"json,", "csv,", "ndjson,", "csv,Accept-Encoding: gzip", "csv,Connection: close"})
  void store_failsInMidStream_isSeenByTheReader(String format, String header) throws Exception {
    String headers = header == null ? "" : header + "\r\n";
    try (Socket socket = ask("GET", "format=" + format, headers)) {
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(15), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
      change("alter table calls rename to gone");
      String got = rest(in);
      assertThat(got).doesNotEndWith(LAST_CHUNK).doesNotContain("call_count");
    } finally {
      change("alter table gone rename to calls");
    }
  }

  @Test
  void reader_goesAway_leavesTheStoreAsItIs() throws Exception {
    for (int i = 0; i < 40; i++) {
      try (Socket socket = ask("GET", "format=csv&fields=all", "")) {
        socket.getInputStream().readNBytes(1_000 + 20_000 * i);
      }
    }
    assertThat(server.get("/metrics/export?format=csv").body().lines().count())
        .isEqualTo(CALLS + 2L);
    assertThat(errors.messages).isEmpty();
    assertThat(server.until("/calls/one", answer -> answer.statusCode() == 200).body())
        .contains("busy");
  }
}
