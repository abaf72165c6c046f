package io.busyhour.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server while it delivers webhooks. Each event arrives at least once, a second time only
 * where the answer to the first had not been written yet; and each is counted once. {@code
 * -Dkill.webhooks=10000} for more of them.
 */
class WebhookKillIT {
  private static final int EVENTS = Integer.getInteger("kill.webhooks", 4_000);
  private static final int BATCH = 500;
  private static final int KILLS = 2;
  // Attempts under way, answers that wait to be written, and those that are being written.
  private static final int IN_FLIGHT = 8 + 64 + 64;
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String[] SETTINGS = {
    "busyhour.webhook.allow-private=true",
    "busyhour.webhook.timeout=1s",
    // What was taken and not attempted at the kill is due again so soon.
    "busyhour.webhook.lease=4s",
  };

  private final Random random = new Random();

  @Test
  void killedWhileDelivering_everyEventArrivesAndCountsOnce(@TempDir Path folder) throws Exception {
    // Slow enough for all kills to come before the last one arrives.
    try (WireReceiver receiver = new WireReceiver(Duration.ofMillis(8).toNanos())) {
      int kill = 0;
      while (kill < KILLS) {
        try (ServerProcess server = ServerProcess.start(folder, SETTINGS)) {
          server.awaitReady();
          if (kill == 0) {
            Hooks.subscribe(server, "acme", receiver.url());
            for (int first = 0; first < EVENTS; first += BATCH) {
              Hooks.send(server, "kill", first, BATCH);
            }
          }
          int goal = Math.min(EVENTS, receiver.arrivals.size() + 1 + random.nextInt(1500));
          Hooks.await(DEADLINE, () -> receiver.arrivals.size() >= goal);
          server.kill();
        }
        kill++;
      }
      try (ServerProcess server = ServerProcess.start(folder, SETTINGS)) {
        server.awaitReady();
        Hooks.await(DEADLINE, () -> receiver.arrivals.size() >= EVENTS);
        Hooks.await(DEADLINE, () -> delivered(server) >= EVENTS);
        long duplicates = receiver.requests.get() - EVENTS;
        System.out.printf("%d kills: %d webhooks arrived twice%n", KILLS, duplicates);
        assertThat(receiver.arrivals).hasSize(EVENTS);
        long failed = failed(server);
        assertThat(duplicates).isBetween(0L, KILLS * IN_FLIGHT + failed);
        countsEachOnce(server, failed);
      }
    }
  }

  private static long delivered(ServerProcess server) {
    return Hooks.counters(server).sum("webhook_delivered_total", "acme").longValue();
  }

  /** On a machine that is busy with other things, an answer may come after the time-out. */
  private static long failed(ServerProcess server) {
    return Hooks.counters(server).sum("webhook_failed_total", "acme").longValue();
  }

  private static void countsEachOnce(ServerProcess server, long failed) {
    Counters counters = Hooks.counters(server);
    assertThat(counters.sum("webhook_queued_total", "acme").longValue()).isEqualTo(EVENTS);
    assertThat(counters.sum("webhook_delivered_total", "acme").longValue()).isEqualTo(EVENTS);
    assertThat(counters.sum("webhook_worker_processed_total", "").longValue())
        .isEqualTo(EVENTS + failed);
    assertThat(counters.sum("webhook_dead_letter_total", "").longValue()).isZero();
    assertThat(counters.sum("webhook_queue_processing_duration_seconds_count", "").longValue())
        .isEqualTo(EVENTS);
  }
}
