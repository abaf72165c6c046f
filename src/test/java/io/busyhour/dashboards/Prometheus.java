package io.busyhour.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Prometheus with its data in a folder of its own, on a port that was free. */
public final class Prometheus implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENS = Pattern.compile("address=(127\\.0\\.0\\.1:\\d+)");
  private static final long DEADLINE = TimeUnit.SECONDS.toNanos(30);

  private final Process process;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  private Prometheus(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    this.address = address();
  }

  /**
   * Starts one and returns when it listens.
   *
   * @param configuration its own address stands in it as {@code SELF}
   */
  public static Prometheus start(Path folder, String configuration) throws IOException {
    String self = "127.0.0.1:" + freePort();
    Path log = folder.resolve("prometheus.log");
    Files.writeString(folder.resolve("prometheus.yml"), configuration.replace("SELF", self));
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=" + self,
                "--enable-feature=exemplar-storage")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Prometheus(process, log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String address() throws IOException {
    long deadline = System.nanoTime() + DEADLINE;
    while (System.nanoTime() < deadline && process.isAlive()) {
      Matcher listens = LISTENS.matcher(Files.readString(log));
      if (listens.find() && isReady(listens.group(1))) {
        return listens.group(1);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    process.destroyForcibly();
    throw new AssertionError("prometheus did not start:\n" + Files.readString(log));
  }

  private boolean isReady(String where) {
    return send(URI.create("http://" + where + "/-/ready")).statusCode() == 200;
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
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
