package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.boot.settings.InvalidConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  @Test
  void start_portTaken_saysSoAndLeavesNothingBehind(@TempDir Path folder) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      assertThatThrownBy(() -> Running.start(folder, Map.of("server.port", port)))
          .isInstanceOf(InvalidConfiguration.class)
          .hasMessageContaining("server.port: \"" + port + "\" cannot be listened on");
    }
    Running.start(folder, Map.of()).close();
  }
}
