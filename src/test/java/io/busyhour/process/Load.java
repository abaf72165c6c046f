package io.busyhour.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Measures the packaged server with a client on the same machine, and prints the table of the
 * README. Run it by benchmarks/load.
 */
final class Load {
  private static final int BATCH = 500;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(20);
  private static final String JSON = "application/json";
  private static final String SINGLE = "application/cloudevents+json";
  private static final int CAMPAIGNS = 20_000;

  private final AtomicLong next = new AtomicLong();

  /** How long each request took, in nanoseconds and sorted, within a time. */
  private static final class Result {
    private final double seconds;
    private final long[] nanos;

    Result(double seconds, long[] nanos) {
      this.seconds = seconds;
      this.nanos = nanos;
    }

    double perSecond() {
      return nanos.length / seconds;
    }

    double millis(double share) {
      return nanos[(int) Math.min(nanos.length - 1, share * nanos.length)] / 1e6;
    }
  }

  private Load() {}

  public static void main(String[] args) throws Exception {
    List<String> parts = args.length == 0 ? List.of("ingest", "series", "restart") : List.of(args);
    for (String part : parts) {
      Path folder = Files.createTempDirectory("busyhour-load");
      switch (part) {
        case "ingest" -> new Load().ingest(folder);
        case "series" -> new Load().series(folder);
        case "restart" -> new Load().restart(folder);
        default -> throw new IllegalArgumentException(part);
      }
    }
  }

  private void ingest(Path folder) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.awaitReady();
      LongFunction<byte[]> batch = n -> batch(n * BATCH);
      run(server, 4, JSON, batch, WARM_UP);
      print("batches of 500, 4 connections", BATCH, run(server, 4, JSON, batch, MEASURED));
      long start = System.nanoTime();
      server.awaitNoLag();
      say("... and the projection was up to date %.1f s later", seconds(start));
      LongFunction<byte[]> single = n -> event(1_000_000_000L + n).getBytes(StandardCharsets.UTF_8);
      run(server, 64, SINGLE, single, WARM_UP);
      print("single events, 64 connections", 1, run(server, 64, SINGLE, single, MEASURED));
      say("resident memory: %d MiB", server.residentMiB());
    }
  }

  private void series(Path folder) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, "busyhour.cardinality.limit=100000")) {
      server.awaitReady();
      for (int first = 0; first < CAMPAIGNS; first += BATCH / 2) {
        post(server, ended(first, BATCH / 2));
      }
      server.awaitNoLag();
      String scrape = server.get("/metrics").body();
      long[] nanos = new long[40];
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        server.read("/metrics");
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      say(
          "/metrics with %,d series, %.1f MB: median %.0f ms, worst of %d %.0f ms; %d MiB resident",
          scrape.lines().filter(line -> !line.startsWith("#")).count(),
          scrape.length() / 1e6,
          nanos[nanos.length / 2] / 1e6,
          nanos.length,
          nanos[nanos.length - 1] / 1e6,
          server.residentMiB());
    }
  }

  private void restart(Path folder) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.awaitReady();
      while (next.get() * BATCH < 1_000_000) {
        post(server, batch(next.getAndIncrement() * BATCH));
      }
      server.awaitNoLag();
      server.kill();
    }
    long start = System.nanoTime();
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.awaitReady();
      say("restart after kill -9 with 1,000,000 journaled events: ready in %.1f s", seconds(start));
    }
  }

  private static void post(ServerProcess server, byte[] body) throws Exception {
    String text = new String(body, StandardCharsets.UTF_8);
    if (server.post("/v1/events", JSON, text).statusCode() != 200) {
      throw new IllegalStateException("a batch was refused");
    }
  }

  private Result run(
      ServerProcess server, int connections, String type, LongFunction<byte[]> body, Duration time)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    List<long[]> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    long[] mine = drive(server, type, body, start + time.toNanos());
                    synchronized (all) {
                      all.add(mine);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long[] nanos = all.stream().flatMapToLong(LongStream::of).sorted().toArray();
    return new Result(seconds(start), nanos);
  }

  private long[] drive(ServerProcess server, String type, LongFunction<byte[]> body, long end) {
    LongStream.Builder nanos = LongStream.builder();
    try (WireClient client = new WireClient(server.uri())) {
      while (System.nanoTime() < end) {
        byte[] request = body.apply(next.getAndIncrement());
        long start = System.nanoTime();
        int status = client.post("/v1/events", type, request);
        nanos.add(System.nanoTime() - start);
        if (status == 503) {
          Thread.onSpinWait(); // overloaded is an answer too; it is not counted as an event
        } else if (status != 200) {
          throw new IllegalStateException("answered " + status);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return nanos.build().toArray();
  }

  private static byte[] batch(long first) {
    StringBuilder out = new StringBuilder(BATCH * 220).append('[');
    for (long n = first; n < first + BATCH; n++) {
      out.append(n == first ? "" : ",").append(event(n));
    }
    return out.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Four events make a call: initiated, ringing, answered, ended. */
  private static String event(long n) {
    long call = n / 4;
    String data =
        switch ((int) (n % 4)) {
          case 0 ->
              ("\"campaign_id\":\"c%d\",\"user_id\":\"u%d\",\"trunk\":\"t1\","
                      + "\"direction\":\"outbound\"")
                  .formatted(call % 50, call % 5);
          case 1 -> "\"pdd_ms\":812";
          case 2 -> "\"answered_by\":\"human\"";
          default -> "\"outcome\":\"completed\",\"duration_seconds\":41.5,\"cost\":\"0.0123\"";
        };
    String type = List.of("initiated", "ringing", "answered", "ended").get((int) (n % 4));
    return "{\"specversion\":\"1.0\",\"source\":\"/load\",\"id\":\""
        + n
        + "\",\"type\":\"call."
        + type
        + "\",\"data\":{\"call_id\":\"load-"
        + call
        + "\","
        + data
        + "}}";
  }

  /** Calls of as many campaigns, so that each makes its own series. */
  private static byte[] ended(int first, int count) {
    StringBuilder out = new StringBuilder().append('[');
    for (int n = first; n < first + count; n++) {
      out.append(n == first ? "" : ",")
          .append(
              ("{\"specversion\":\"1.0\",\"source\":\"/load\",\"id\":\"%d\","
                      + "\"type\":\"call.ended\","
                      + "\"data\":{\"call_id\":\"s%d\",\"campaign_id\":\"campaign-%d\","
                      + "\"user_id\":\"u1\",\"outcome\":\"busy\"}},"
                      + "{\"specversion\":\"1.0\",\"source\":\"/load\",\"id\":\"i%d\","
                      + "\"type\":\"call.initiated\",\"data\":{\"call_id\":\"s%d\"}}")
                  .formatted(n, n, n, n, n));
    }
    return out.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void print(String what, int events, Result result) {
    say(
        "%s: %,.0f events/s, answered in %.1f ms (median), %.1f ms (p99)",
        what, result.perSecond() * events, result.millis(0.5), result.millis(0.99));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
