package io.busyhour.incidents;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Prometheus that scrapes one Busyhour every other second and judges it by the shortened rules.
 */
final class Prometheus implements AutoCloseable {
  private static final Pattern LISTENS =
      Pattern.compile("msg=\"?Listening on\"? .*address=(127\\.0\\.0\\.1:\\d+)");

  private final Started process;
  private final String address;

  private Prometheus(Started process) throws InterruptedException {
    this.process = process;
    this.address = process.said();
  }

  /**
   * Starts one.
   *
   * @param incident the label that its alerts carry, besides their own
   * @param busyhour where the server is that it scrapes
   * @param rules the folder with the rules
   * @param alertmanager whom it tells
   */
  static Prometheus start(
      Path folder, String incident, URI busyhour, Path rules, Alertmanager alertmanager)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path configuration = folder.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global:
          scrape_interval: 2s
          scrape_timeout: 2s
          evaluation_interval: 1s
          external_labels: {incident: %s}
        rule_files: ['%s/*.yaml']
        alerting: {alertmanagers: [{static_configs: [{targets: ['%s']}]}]}
        scrape_configs: [{job_name: busyhour, static_configs: [{targets: ['%s']}]}]
        """
            .formatted(incident, rules, alertmanager.address(), busyhour.getAuthority()));
    return new Prometheus(
        Started.start(
            folder,
            LISTENS,
            List.of(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0")));
  }

  /** What it knows of an API's path, for a message when something is not as it should be. */
  String get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
