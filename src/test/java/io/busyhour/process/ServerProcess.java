package io.busyhour.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server as a process of its own, with its data in a folder that outlives it. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on (http://\\S+)");
  private static final Pattern LAG = Pattern.compile("\"projection_lag_events\":\"?(\\d+)");
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Process process;
  private final URI uri;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private ServerProcess(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Starts a server and returns when it listens. */
  public static ServerProcess start(Path folder, String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options =
        System.getProperty(
            "busyhour.java.options",
            "-XX:+UseSerialGC -Xmx768m -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30"
                + " -XX:SurvivorRatio=2"
                // As the start script has it.
                + (Runtime.version().feature() >= 25 ? " -XX:+UseCompactObjectHeaders" : ""));
    command.addAll(List.of(options.split(" ", -1)));
    command.addAll(List.of("-jar", System.getProperty("busyhour.jar"), "serve"));
    command.add("-Dserver.port=0");
    for (String setting : settings) {
      command.add("-D" + setting);
    }
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    return new ServerProcess(process, address(process));
  }

  /** Reads what the process prints, to its end, and gives the address as soon as it is said. */
  private static URI address(Process process) {
    BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
    StringBuilder printed = new StringBuilder();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader out =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                  synchronized (printed) {
                    printed.append(line).append('\n');
                  }
                  Matcher listens = LISTENS.matcher(line);
                  if (listens.find()) {
                    addresses.add(listens.group(1));
                  }
                }
              } catch (IOException e) {
                // It was killed in the middle of a line.
              }
            });
    try {
      String address = addresses.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
      if (address == null) {
        process.destroyForcibly();
        synchronized (printed) {
          throw new AssertionError("the server did not start:\n" + printed);
        }
      }
      return URI.create(address);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Where it listens. */
  public URI uri() {
    return uri;
  }

  HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> patch(String path, String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Asks for something. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
        BodyHandlers.ofString());
  }

  /** Reads an answer to its end and keeps nothing of it. */
  void read(String path) throws IOException, InterruptedException {
    client.send(HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.discarding());
  }

  /** Waits until the server says that it is ready; returns how long that took. */
  public Duration awaitReady() throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < DEADLINE.toNanos()) {
      try {
        if (get("/health/ready").statusCode() == 200) {
          return Duration.ofNanos(System.nanoTime() - start);
        }
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new UncheckedIOException("the server ended", e);
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("not ready within " + DEADLINE);
  }

  /** Waits until the projection has come to the end of the journal. */
  void awaitNoLag() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (System.nanoTime() < deadline) {
      Matcher found = LAG.matcher(get("/health/ready").body());
      if (found.find() && found.group(1).equals("0")) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new IllegalStateException("the projection does not catch up");
  }

  /** Resident memory of the process, as Linux tells it. */
  long residentMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** SIGKILL: nothing of the process gets to run any more. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not stop within " + DEADLINE);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
