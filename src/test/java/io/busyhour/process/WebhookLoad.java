package io.busyhour.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how fast the packaged server delivers a queue of webhooks to a receiver on the same
 * machine. Run it by benchmarks/webhooks.
 */
final class WebhookLoad {
  private static final int BATCH = 500;
  private static final Duration DEADLINE = Duration.ofMinutes(8);

  private static final int GOOD = 50;
  private static final int EVENTS = 100;
  private static final Duration GAP = Duration.ofMillis(100);

  private WebhookLoad() {}

  /** Arguments: how many deliveries (100000), to how many partners (1). */
  public static void main(String[] args) throws Exception {
    int deliveries = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int partners = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    Path folder = Files.createTempDirectory("busyhour-webhooks");
    try (WireReceiver receiver = new WireReceiver(0);
        ServerProcess server = ServerProcess.start(folder, "busyhour.webhook.allow-private=true")) {
      server.awaitReady();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < partners; i++) {
        ids.add(Hooks.subscribe(server, "partner-" + i, receiver.url()));
      }
      drain(server, receiver, ids, "warm", deliveries / 10 / partners);
      receiver.requests.set(0);
      drain(server, receiver, ids, "load", deliveries / partners);
      System.out.printf("%d MiB resident%n", server.residentMiB());
    }
    fairness();
  }

  /** What 50 partners see of one that hangs: how long deliveries take, without it and with it. */
  private static void fairness() throws Exception {
    Path folder = Files.createTempDirectory("busyhour-webhooks");
    try (WireReceiver receiver = new WireReceiver(0);
        WireReceiver hanging = new WireReceiver(0);
        ServerProcess server = ServerProcess.start(folder, "busyhour.webhook.allow-private=true")) {
      server.awaitReady();
      hanging.hang(true);
      for (int i = 0; i < GOOD; i++) {
        Hooks.subscribe(server, "good-" + i, receiver.url());
      }
      latency(server, receiver, "warm");
      for (int round = 1; round <= 3; round++) {
        double without = latency(server, receiver, "without" + round);
        String id = Hooks.subscribe(server, "hanging", hanging.url());
        double with = latency(server, receiver, "with" + round);
        Hooks.pause(server, id, true);
        System.out.printf(
            Locale.ROOT,
            "%d partners: %.1f ms from queued to delivered, %.1f ms beside one that hangs"
                + " (%+.0f %%; it got %d attempts)%n",
            GOOD,
            without,
            with,
            100 * (with / without - 1),
            hanging.requests.get());
      }
    }
  }

  /** The mean in milliseconds over some seconds in which each partner gets some deliveries. */
  private static double latency(ServerProcess server, WireReceiver receiver, String source)
      throws Exception {
    Counters before = Hooks.counters(server);
    long start = receiver.requests.get();
    long next = System.nanoTime();
    for (int i = 0; i < EVENTS; i++) {
      Hooks.send(server, source, i, 1);
      next += GAP.toNanos();
      LockSupport.parkNanos(next - System.nanoTime());
    }
    Hooks.await(DEADLINE, () -> receiver.requests.get() >= start + (long) GOOD * EVENTS);
    server.awaitNoLag();
    Counters after = Hooks.counters(server);
    double sum = good(after, "_sum") - good(before, "_sum");
    return 1000 * sum / (good(after, "_count") - good(before, "_count"));
  }

  private static double good(Counters counters, String what) {
    return counters.sum("webhook_queue_processing_duration_seconds" + what, "good-").doubleValue();
  }

  /** Queues them while the subscriptions are paused, then has them go. */
  private static void drain(
      ServerProcess server, WireReceiver receiver, List<String> ids, String source, int events)
      throws Exception {
    for (String id : ids) {
      Hooks.pause(server, id, true);
    }
    for (int sent = 0; sent < events; sent += BATCH) {
      Hooks.send(server, source, sent, Math.min(BATCH, events - sent));
    }
    long all = (long) events * ids.size();
    Hooks.awaitQueued(server, all, DEADLINE);
    server.awaitNoLag();
    long before = receiver.requests.get();
    long[] tenths = new long[11];
    tenths[0] = System.nanoTime();
    for (String id : ids) {
      Hooks.pause(server, id, false);
    }
    for (int tenth = 1; tenth <= 10; tenth++) {
      long goal = before + all * tenth / 10;
      Hooks.await(DEADLINE, () -> receiver.requests.get() >= goal);
      tenths[tenth] = System.nanoTime();
    }
    double[] rates = new double[10];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = all / 10.0 / ((tenths[i + 1] - tenths[i]) / 1e9);
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d deliveries to %d partners: %.0f a second; by tenths %s%n",
        source,
        all,
        ids.size(),
        all / ((tenths[10] - tenths[0]) / 1e9),
        Arrays.toString(Arrays.stream(rates).mapToLong(Math::round).toArray()));
  }
}
