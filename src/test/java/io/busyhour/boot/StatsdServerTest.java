package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.boot.settings.InvalidConfiguration;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server: what goes in by UDP and TCP comes out of the scrape. */
class StatsdServerTest {
  private static final Map<String, String> ON =
      Map.of("busyhour.statsd.port", "0", "busyhour.statsd.flush", "50ms");

  @Test
  void lines_byUdpAndTcp_areScraped_alsoAfterARestart(@TempDir Path folder) throws IOException {
    try (Running server = Running.start(folder, ON)) {
      server.statsd("dialer.calls:1|c|#tenant:acme,reason:busy\ndialer.active:12|g\nbad line\n");
      server.scrapeWith("statsd_dialer_calls_total{reason=\"busy\",tenant=\"acme\"} 1.0");
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.statsdPort())) {
        String lines = "dialer.calls:2|c|#tenant:acme,reason:busy\ndialer.pdd:320|ms|@0.5\n";
        socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      }
      server.scrapeWith("statsd_dialer_calls_total{reason=\"busy\",tenant=\"acme\"} 3.0");
      server.scrapeWith("statsd_dialer_pdd_seconds_sum 0.64");
      server.scrapeWith("statsd_dialer_active 12.0");
      server.until(
          "/ledger", answer -> answer.body().contains("\"rejected\":{\"malformed_line\":1}"));
      server.statsd("dialer.calls:4|c|#tenant:acme,reason:busy");
      server.scrapeWith("statsd_dialer_calls_total{reason=\"busy\",tenant=\"acme\"} 7.0");
    }
    // Nobody listens, and the families are there all the same.
    try (Running server = Running.start(folder, Map.of())) {
      server.scrapeWith("statsd_dialer_calls_total{reason=\"busy\",tenant=\"acme\"} 7.0");
      server.scrapeWith("statsd_dialer_pdd_seconds_count 2");
      server.scrapeWith("statsd_dialer_active 12.0");
    }
  }

  @Test
  void stop_storesWhatWasNotFlushed(@TempDir Path folder) throws IOException {
    Map<String, String> slow = Map.of("busyhour.statsd.port", "0", "busyhour.statsd.flush", "1m");
    try (Running server = Running.start(folder, slow);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.statsdPort())) {
      socket.getOutputStream().write("last:1|c\n".getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(server.get("/metrics").body()).doesNotContain("statsd_last");
    }
    try (Running server = Running.start(folder, Map.of())) {
      server.scrapeWith("statsd_last_total 1.0");
    }
  }

  @Test
  void start_portTaken_saysSoAndLeavesNothingBehind(@TempDir Path folder) throws IOException {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      assertThatThrownBy(() -> Running.start(folder, Map.of("busyhour.statsd.port", port)))
          .isInstanceOf(InvalidConfiguration.class)
          .hasMessageContaining("busyhour.statsd.port: \"" + port + "\" cannot be listened on");
    }
    Running.start(folder, ON).close();
  }
}
