package io.busyhour.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A whole server in this process, on a port and in a folder of its own, spoken to by HTTP. */
final class Running implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Busyhour server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Running(Busyhour server) {
    this.server = server;
  }

  static Running start(Path folder, Map<String, String> settings) {
    return start(folder, settings, Clock.systemUTC());
  }

  /** One that lives by a clock. */
  static Running start(Path folder, Map<String, String> settings, Clock clock) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("server.port", "0");
    all.putIfAbsent("busyhour.database.url", "jdbc:h2:file:" + folder.resolve("busyhour"));
    Running running = new Running(Busyhour.start(all, clock));
    running.until("/health/ready", answer -> answer.statusCode() == 200);
    return running;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.uri().resolve(path)).timeout(DEADLINE);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A request with a token. */
  HttpRequest as(String token, String path) {
    return request(path).header("Authorization", "Bearer " + token).build();
  }

  HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  HttpResponse<String> post(String type, String body) {
    return post("/v1/events", type, body);
  }

  HttpResponse<String> post(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
  }

  JsonNode json(String path) {
    try {
      return JSON.readTree(get(path).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks again until the answer is as wanted. */
  HttpResponse<String> until(String path, Predicate<HttpResponse<String>> wanted) {
    return until(request(path).build(), wanted);
  }

  /** Asks again until the answer is as wanted. */
  HttpResponse<String> until(HttpRequest request, Predicate<HttpResponse<String>> wanted) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    HttpResponse<String> answer = send(request);
    while (!wanted.test(answer)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            request.uri() + " answers " + answer.statusCode() + "\n" + answer.body());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      answer = send(request);
    }
    return answer;
  }

  /** The scrape in which a line stands. */
  String scrapeWith(String line) {
    return until("/metrics", answer -> answer.body().lines().anyMatch(line::equals)).body();
  }

  /** Sends lines by UDP. */
  void statsd(String lines) {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress host = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(bytes, bytes.length, host, statsdPort()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  int statsdPort() {
    return server.statsdPort().orElseThrow();
  }

  String uri() {
    return server.uri().toString();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
