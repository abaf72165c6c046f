package io.busyhour.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures how fast the packaged server delivers a queue of webhooks to a receiver on the same
 * machine. Run it by benchmarks/webhooks.
 */
final class WebhookLoad {
  private static final int BATCH = 500;
  private static final Duration DEADLINE = Duration.ofMinutes(8);

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
