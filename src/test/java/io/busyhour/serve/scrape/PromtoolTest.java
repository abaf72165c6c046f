package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.rules.Tool;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus' own checker says of a scrape. */
@HelidonTest
class PromtoolTest extends ScrapeServer {
  @BeforeEach
  void promtoolIsInstalled() {
    Tool.need("promtool");
  }

  @Test
  void busyhoursFamilies_passWithoutAComplaint() throws Exception {
    meters.counter("campaign_calls_total", "Calls.", "campaign_id").add(3, "a\"b\\c\nd");
    meters.gauge("campaign_pending", "Leads.", "campaign_id").set(-0.5, "a");
    meters.histogram("talk_seconds", "Talk.", new double[] {1, 60}, "trunk").observe(30, "t1");

    assertThat(promtool("/metrics?scope=application")).isEqualTo("exit 0:\n");
  }

  @Test
  void helidonsFamilies_areComplainedOfForTheirNamesOnly() throws Exception {
    assertThat(promtool("/metrics").lines().skip(1))
        .isNotEmpty()
        .allMatch(
            line ->
                line.matches("(classloader|cpu|gc|jvm|memory|requests|thread)_.*")
                    && (line.contains("camelCase")
                        || line.contains("_count\" suffix")
                        || line.contains("should have")));
  }

  private String promtool(String path) throws IOException, InterruptedException {
    byte[] scrape = get(path).body();
    Process process =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(scrape);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return "exit " + process.exitValue() + ":\n" + said;
  }
}
