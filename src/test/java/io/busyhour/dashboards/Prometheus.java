package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.incidents.Started;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A real Prometheus with its data in a folder of its own, on a port that was free. */
public final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENS = Pattern.compile("address=(127\\.0\\.0\\.1:\\d+)");
  private static final long DEADLINE = TimeUnit.SECONDS.toNanos(30);

  private final Started process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  private Prometheus(Started process) throws InterruptedException {
    this.process = process;
    this.address = process.said();
    long deadline = System.nanoTime() + DEADLINE;
    while (send(URI.create("http://" + address + "/-/ready")).statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        close();
        throw new AssertionError("prometheus is not ready:\n" + process.printed());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /**
   * Starts one and returns when it listens.
   *
   * @param configuration its own address stands in it as {@code SELF}
   */
  public static Prometheus start(Path folder, String configuration)
      throws IOException, InterruptedException {
    String self = "127.0.0.1:" + freePort();
    Files.writeString(folder.resolve("prometheus.yml"), configuration.replace("SELF", self));
    return new Prometheus(
        Started.start(
            folder,
            LISTENS,
            List.of(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=" + self,
                "--enable-feature=exemplar-storage")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private HttpResponse<String> send(URI uri) {
    try {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What its API answers as data; an error or a warning fails. */
  public JsonNode get(String path, Map<String, String> parameters) {
    List<String> query = new ArrayList<>();
    parameters.forEach(
        (key, value) ->
            query.add(
                URLEncoder.encode(key, StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    URI uri = URI.create("http://" + address + "/api/v1/" + path + "?" + String.join("&", query));
    try {
      JsonNode answer = JSON.readTree(send(uri).body());
      if (!answer.path("status").asText().equals("success") || answer.has("warnings")) {
        throw new AssertionError(parameters + ": " + answer);
      }
      return answer.get("data");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }
}
