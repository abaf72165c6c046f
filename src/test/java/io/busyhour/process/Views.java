package io.busyhour.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the views and the export of the packaged server with many calls stored, and prints the
 * table of the README. Run it by benchmarks/views.
 */
final class Views {
  private static final int CALLS_A_BATCH = 250;
  private static final int SENDERS = 4;
  private static final int WARM_UP = 300;
  private static final int MEASURED = 300;
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
  private static final String JSON = "application/json";
  private static final List<String> PATHS =
      List.of(
          "/metrics/dashboard",
          "/metrics/prometheus",
          "/metrics/hourly",
          "/metrics/daily",
          "/metrics/health",
          "/metrics/failures",
          "/calls",
          "/calls?campaign=campaign-7&status=failed",
          "/calls/past-00000007",
          "/calls/past-00000007/timeline",
          "/zombie-calls");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ServerProcess server;

  private Views(ServerProcess server) {
    this.server = server;
  }

  /** Arguments: calls, or calls/days, each a run with a fresh database. */
  public static void main(String[] args) throws Exception {
    List<String> runs =
        args.length == 0 ? List.of("10000/30", "1000000/30", "1000000/1") : List.of(args);
    for (String run : runs) {
      String[] parts = run.split("/", -1);
      long calls = Long.parseLong(parts[0]);
      Duration span = Duration.ofDays(parts.length == 1 ? 30 : Long.parseLong(parts[1]));
      // What was made once can be kept for the next run.
      String kept = System.getenv("VIEWS_FOLDER");
      Path folder = kept == null ? Files.createTempDirectory("busyhour-views") : Path.of(kept);
      boolean filled = Files.exists(folder.resolve("data"));
      try (ServerProcess server = ServerProcess.start(folder)) {
        server.awaitReady();
        if (!filled) {
          fill(server, calls, span);
        }
        say("%n%,d calls of %d days, %d MiB resident", calls, span.toDays(), server.residentMiB());
        Views views = new Views(server);
        for (String path : PATHS) {
          views.measure(path);
        }
        for (String format : List.of("csv", "json")) {
          views.export(format, span.toDays() + 1, false);
          views.export(format, span.toDays() + 1, false);
          views.export(format, span.toDays() + 1, true);
        }
      }
    }
  }

  private static void fill(ServerProcess server, long calls, Duration span) throws Exception {
    long start = System.nanoTime();
    History history = new History(Instant.now(), span, calls);
    AtomicLong next = new AtomicLong();
    List<Thread> senders = new ArrayList<>();
    AtomicBoolean refused = new AtomicBoolean();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!refused.get() && send(server, history, next, calls)) {
                      // until all are sent
                    }
                  }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    server.awaitNoLag();
    say("stored %,d calls in %.0f s", calls, (System.nanoTime() - start) / 1e9);
  }

  private static boolean send(ServerProcess server, History history, AtomicLong next, long calls) {
    byte[] body;
    synchronized (history) {
      long first = next.getAndAdd(CALLS_A_BATCH);
      if (first >= calls) {
        return false;
      }
      body = history.batch(first, CALLS_A_BATCH);
    }
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      HttpResponse<String> answer = server.post("/v1/events", JSON, text);
      while (answer.statusCode() == 503) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        answer = server.post("/v1/events", JSON, text);
      }
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("a batch was refused: " + answer.body());
      }
      return true;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("a batch was not answered", e);
    }
  }

  private void measure(String path) throws Exception {
    times(path, WARM_UP);
    long[] nanos = times(path, MEASURED);
    say(
        "%-42s median %6.2f ms, p99 %6.2f ms",
        path, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
  }

  private long[] times(String path, int count) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = time(path);
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private long time(String path) throws IOException, InterruptedException {
    URI uri = server.uri().resolve(path);
    long start = System.nanoTime();
    int status =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
    if (status != 200 && status != 503) {
      throw new IllegalStateException(path + " answered " + status);
    }
    return System.nanoTime() - start;
  }

  /** Exports everything while memory is watched, and the health is asked for or not. */
  private void export(String format, long days, boolean asksHealth) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong peak = new AtomicLong();
    List<Long> health = new ArrayList<>();
    long before = server.residentMiB();
    Thread watch = Thread.ofPlatform().start(() -> watch(done, peak, asksHealth ? health : null));
    long start = System.nanoTime();
    long bytes = read("/metrics/export?format=" + format + "&days=" + days);
    double seconds = (System.nanoTime() - start) / 1e9;
    done.set(true);
    watch.join();
    say(
        "export %-6s %.1f s, %.0f MB, %d MiB more resident memory",
        format, seconds, bytes / 1e6, Math.max(0, peak.get() - before));
    if (!health.isEmpty()) {
      long[] nanos = health.stream().mapToLong(Long::longValue).sorted().toArray();
      say(
          "... with the health asked for 50 times a second: median %.2f ms, worst %.2f ms",
          nanos[nanos.length / 2] / 1e6, nanos[nanos.length - 1] / 1e6);
    }
  }

  private void watch(AtomicBoolean done, AtomicLong peak, List<Long> health) {
    try {
      while (!done.get()) {
        if (health != null) {
          health.add(time("/metrics/health"));
        }
        peak.accumulateAndGet(server.residentMiB(), Math::max);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("health was not answered", e);
    }
  }

  /** Reads by a bare socket: on a small machine, a client that works hard is measured too. */
  private long read(String path) throws IOException {
    URI uri = server.uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String request = "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n";
      socket
          .getOutputStream()
          .write(request.formatted(path, uri.getAuthority()).getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      String status = new String(in.readNBytes("HTTP/1.1 200".length()), US_ASCII);
      if (!status.endsWith(" 200")) {
        throw new IllegalStateException(path + " answered " + status);
      }
      long bytes = 0;
      String end = "";
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        end += new String(buffer, Math.max(0, n - 7), Math.min(7, n), US_ASCII);
        end = end.substring(Math.max(0, end.length() - 7));
        if (end.equals(LAST_CHUNK)) {
          return bytes;
        }
      }
      throw new EOFException("the export broke off after " + bytes + " bytes");
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
