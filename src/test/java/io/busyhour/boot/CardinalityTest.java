package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardinalityTest {
  private static final int LIMIT = 40;
  private static final int BATCHES = 8;
  private static final int BATCH = 500;

  private static String batch(int number) {
    return IntStream.range(number * BATCH, (number + 1) * BATCH)
        .mapToObj(
            n ->
                ("{\"specversion\":\"1.0\",\"source\":\"s%d\",\"id\":\"1\","
                        + "\"type\":\"call.initiated\",\"data\":{\"call_id\":\"%d\","
                        + "\"campaign_id\":\"campaign-%d\",\"user_id\":\"u\"}}")
                    .formatted(n, n, n))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static List<Double> values(String scrape, String family) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(family + "{"))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  @Test
  void campaignIds_beyondTheLimit_areFoldedAndSumsStayExact(@TempDir Path folder) {
    String limit = Integer.toString(LIMIT);
    Map<String, String> settings = Map.of("busyhour.cardinality.limit", limit);
    try (Running server = Running.start(folder, settings)) {
      for (int i = 0; i < BATCHES; i++) {
        assertThat(server.post("application/json", batch(i)).statusCode()).isEqualTo(200);
      }
      String scrape = server.scrapeWith("voice_calls_total " + (double) (BATCHES * BATCH));
      List<Double> initiated = values(scrape, "campaign_calls_initiated_total");
      assertThat(initiated).hasSize(LIMIT);
      assertThat(initiated.stream().mapToDouble(n -> n).sum()).isEqualTo(BATCHES * BATCH);
    }
    try (Running again = Running.start(folder, settings)) {
      List<Double> initiated =
          values(again.get("/metrics").body(), "campaign_calls_initiated_total");
      assertThat(initiated).hasSize(LIMIT);
      assertThat(initiated.stream().mapToDouble(n -> n).sum()).isEqualTo(BATCHES * BATCH);
    }
  }
}
