package io.busyhour.cli.simulate;

import io.busyhour.cli.remote.Server;
import io.busyhour.cli.remote.ServerProblem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Traffic for a newcomer to look at, sent to a server by a thread of its own until it is closed:
 * some minutes of history at once, then days that take half an hour each.
 */
public final class Demo implements AutoCloseable {
  private static final double RATE = 40;
  private static final Duration DAY = Duration.ofMinutes(30);
  private static final Duration HISTORY = Duration.ofMinutes(10);
  private static final Duration LENGTH = Duration.ofDays(365);
  private static final int BATCH = 500;
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Simulation simulation;
  private final Thread thread;

  private Demo(Simulation simulation, Consumer<String> say) {
    this.simulation = simulation;
    this.thread = Thread.ofPlatform().name("demo-traffic").daemon().unstarted(() -> run(say));
  }

  /**
   * Begins to send.
   *
   * @param server where the server listens
   * @param token one with role ingest, or null where the server wants none
   * @param say is told in one sentence when the traffic ends before it is closed
   */
  public static Demo start(URI server, String token, Consumer<String> say) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Order order = new Order(1, start, LENGTH, RATE, DAY, HISTORY);
    Simulation simulation =
        new Simulation(
            order, new Simulation.Manner(BATCH, false), new Server(server, token), totals -> {});
    Demo demo = new Demo(simulation, say);
    demo.thread.start();
    return demo;
  }

  private void run(Consumer<String> say) {
    try {
      simulation.run();
    } catch (ServerProblem e) {
      say.accept("the demo's traffic ended: " + e.getMessage());
    } catch (InterruptedException e) {
      // Closed while it waited: there is nothing left to do.
    }
  }

  /** Stops sending; what is on its way arrives. */
  @Override
  public void close() {
    simulation.stop();
    try {
      if (!thread.join(STOPPING)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
