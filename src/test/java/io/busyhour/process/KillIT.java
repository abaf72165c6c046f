package io.busyhour.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server under load, again and again. What was answered 2xx must be there, once; no
 * counter may be below what a scrape showed before. {@code -Dkill.rounds=50} for more rounds.
 */
class KillIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 5);
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime());
  private static final int SENDERS = 4;
  private static final int BATCH = 40;

  /** One batch that was sent: its calls, and whether it was acknowledged. */
  private record Sent(int firstCall, boolean acknowledged) {}

  private final AtomicInteger nextCall = new AtomicInteger();
  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Counters> lastScrape = new AtomicReference<>(new Counters());

  @Test
  void killedUnderLoad_losesNothingAndCountsNothingTwice(@TempDir Path folder) throws Exception {
    System.out.println("kill test: " + ROUNDS + " rounds, -Dkill.seed=" + SEED);
    Random random = new Random(SEED);
    for (int round = 1; round <= ROUNDS; round++) {
      try (ServerProcess server = ServerProcess.start(folder)) {
        server.awaitReady();
        Counters now = Counters.parse(server.get("/metrics").body());
        now.assertNoneBelow(lastScrape.get());
        load(server, Duration.ofMillis(300 + random.nextInt(1500)), server::kill);
      }
      System.out.printf(
          "round %d: %d batches sent, %d of them acknowledged%n",
          round, sent.size(), sent.stream().filter(Sent::acknowledged).count());
    }
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.awaitReady();
      everyAcknowledgedEventIsThereOnce(server);
    }
  }

  @Test
  void terminatedUnderLoad_leavesNothingHalfDone(@TempDir Path folder) throws Exception {
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.awaitReady();
      load(
          server,
          Duration.ofSeconds(1),
          () -> assertThat(server.terminate()).as("exit code after SIGTERM").isEqualTo(143));
    }
    try (ServerProcess server = ServerProcess.start(folder)) {
      server.awaitReady();
      everyAcknowledgedEventIsThereOnce(server);
    }
  }

  /** How a round ends. */
  private interface End {
    void of() throws Exception;
  }

  private void load(ServerProcess server, Duration load, End end) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      threads.add(started(() -> send(server)));
    }
    threads.add(started(() -> scrape(server)));
    LockSupport.parkNanos(load.toNanos());
    end.of();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  /** A failed assertion in a thread of its own must not go unheard. */
  private Thread started(Runnable work) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                failures.add(e);
              }
            });
  }

  /** Sends batches one after the other until the server is gone. */
  private void send(ServerProcess server) {
    while (true) {
      int first = nextCall.getAndAdd(BATCH);
      try {
        HttpResponse<String> answer = post(server, first);
        // 503 while it stops: nothing was stored, which is as good as in doubt.
        assertThat(answer.statusCode()).isIn(200, 503);
        sent.add(new Sent(first, answer.statusCode() == 200));
      } catch (IOException e) {
        // In doubt: it may be stored or not, but not in part.
        sent.add(new Sent(first, false));
        return;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void scrape(ServerProcess server) {
    try {
      while (true) {
        HttpResponse<String> answer = server.get("/metrics");
        if (answer.statusCode() == 503) {
          return; // it stops
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        Counters now = Counters.parse(answer.body());
        now.assertNoneBelow(lastScrape.get());
        lastScrape.set(now);
      }
    } catch (IOException | InterruptedException e) {
      // The server is gone.
    }
  }

  private static HttpResponse<String> post(ServerProcess server, int first)
      throws IOException, InterruptedException {
    StringBuilder events = new StringBuilder("[");
    for (int call = first; call < first + BATCH; call++) {
      events
          .append(call == first ? "" : ",")
          .append(event(call, "initiated", "\"campaign_id\":\"c%d\",\"user_id\":\"u\""))
          .append(',')
          .append(
              event(
                  call,
                  "ended",
                  "\"outcome\":\"completed\",\"duration_seconds\":1.5,\"cost\":\"0.01\""));
    }
    return server.post("/v1/events", "application/json", events.append("]").toString());
  }

  private static String event(int call, String what, String data) {
    return ("{\"specversion\":\"1.0\",\"source\":\"kill\",\"id\":\"%d-%s\",\"type\":\"call.%s\","
            + "\"data\":{\"call_id\":\"k%d\","
            + data.replace("%d", Integer.toString(call % 7))
            + "}}")
        .formatted(call, what, what, call);
  }

  private void everyAcknowledgedEventIsThereOnce(ServerProcess server) throws Exception {
    for (Sent batch : sent) {
      JsonNode answer = JSON.readTree(post(server, batch.firstCall()).body());
      int duplicates = answer.get("duplicates").asInt();
      int accepted = answer.get("accepted").asInt();
      assertThat(duplicates + accepted).isEqualTo(2 * BATCH);
      // All of a batch or none of it; and all of it if it was acknowledged.
      assertThat(duplicates)
          .isIn(batch.acknowledged() ? List.of(2 * BATCH) : List.of(0, 2 * BATCH));
    }
    BigDecimal calls = BigDecimal.valueOf(sent.size() * (long) BATCH);
    Counters counters = caughtUp(server, calls);
    counters.assertNoneBelow(lastScrape.get());
    assertThat(counters.get("voice_calls_total")).isEqualByComparingTo(calls);
    assertThat(counters.sum("campaign_calls_initiated_total", "")).isEqualByComparingTo(calls);
    assertThat(counters.sum("campaign_calls_completed_total", "success"))
        .isEqualByComparingTo(calls);
    assertThat(counters.sum("campaign_cost_total", ""))
        .isEqualByComparingTo(calls.movePointLeft(2));
    assertThat(counters.sum("campaign_call_duration_seconds_count", ""))
        .isEqualByComparingTo(calls);
    assertThat(counters.sum("campaign_call_duration_seconds_sum", ""))
        .isEqualByComparingTo(calls.multiply(new BigDecimal("1.5")));
    ledgerBalances(server, calls, counters);
  }

  private static Counters caughtUp(ServerProcess server, BigDecimal calls) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Counters counters = Counters.parse(server.get("/metrics").body());
    while (counters.sum("voice_calls_by_status_total", "completed").compareTo(calls) < 0
        && System.nanoTime() < deadline) {
      counters = Counters.parse(server.get("/metrics").body());
    }
    return counters;
  }

  private static void ledgerBalances(ServerProcess server, BigDecimal calls, Counters counters)
      throws Exception {
    JsonNode line = JSON.readTree(server.get("/ledger").body()).get("sources").get(0);
    assertThat(line.get("source").asText()).isEqualTo("kill");
    assertThat(line.get("accepted").asLong()).isEqualTo(2 * calls.longValueExact());
    assertThat(line.get("received").asLong())
        .isEqualTo(line.get("accepted").asLong() + line.get("duplicates").asLong());
    assertThat(counters.sum("busyhour_events_received_total", "accepted"))
        .isEqualByComparingTo(calls.multiply(BigDecimal.TWO));
  }
}
