package io.busyhour.incidents;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** One Alertmanager for all incidents: it tells of each alert by itself, at once. */
final class Alertmanager implements AutoCloseable {
  private static final Pattern LISTENS =
      Pattern.compile("msg=\"?Listening on\"? .*address=(127\\.0\\.0\\.1:\\d+)");

  private final Path configuration;
  private final String receiver;
  private final Started process;
  private final String address;

  private Alertmanager(Path configuration, String receiver, Started process)
      throws InterruptedException {
    this.configuration = configuration;
    this.receiver = receiver;
    this.process = process;
    this.address = process.said();
  }

  /**
   * Starts it.
   *
   * @param receiver the URL of whoever is told of everything
   */
  static Alertmanager start(Path folder, String receiver) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path configuration = folder.resolve("alertmanager.yml");
    Files.writeString(configuration, configuration("none", receiver, receiver));
    Started process =
        Started.start(
            folder,
            LISTENS,
            List.of(
                "prometheus-alertmanager",
                "--config.file=" + configuration,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address="));
    return new Alertmanager(configuration, receiver, process);
  }

  /** Where it listens, as host and port. */
  String address() {
    return address;
  }

  /** From now on tells somebody else of an incident, too. */
  void tell(String incident, URI door) throws IOException, InterruptedException {
    Files.writeString(configuration, configuration(incident, door.toString(), receiver));
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI reload = URI.create("http://" + address + "/-/reload");
      int status =
          client
              .send(
                  HttpRequest.newBuilder(reload).POST(BodyPublishers.noBody()).build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        throw new IllegalStateException(process.printed());
      }
    }
  }

  private static String configuration(String incident, String door, String receiver) {
    return """
        route:
          receiver: all
          group_by: ['...']
          group_wait: 0s
          group_interval: 1s
          repeat_interval: 1h
          routes:
            - matchers: ['incident="%s"']
              receiver: door
              continue: true
            - receiver: all
        receivers:
          - name: door
            webhook_configs: [{url: '%s', send_resolved: true}]
          - name: all
            webhook_configs: [{url: '%s', send_resolved: true}]
        """
        .formatted(incident, door, receiver);
  }

  @Override
  public void close() {
    process.close();
  }
}
