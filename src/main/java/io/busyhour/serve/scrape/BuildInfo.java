package io.busyhour.serve.scrape;

import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Busyhour this is, and on what it runs. */
final class BuildInfo {
  static final String NAME = "busyhour_build_info";
  private static final String RESOURCE = "/busyhour-build.properties";

  private BuildInfo() {}

  static MetricSnapshot snapshot() {
    Properties build = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
    Labels labels =
        Labels.of(
            "version", build.getProperty("version"),
            "java", Runtime.version().toString(),
            "helidon", build.getProperty("helidon"));
    return InfoSnapshot.builder()
        .name("busyhour_build")
        .help("Version of Busyhour, and of what it runs on.")
        .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
        .build();
  }
}
