package io.busyhour.cli.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.cli.remote.Receipt;
import io.busyhour.cli.remote.Server;
import io.busyhour.cli.remote.Uploader;
import io.busyhour.cli.simulate.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Sends the events of a plan to a server when they are due. Runs on the thread that calls {@link
 * #run}; may be stopped by any.
 */
public final class Simulation {
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Events that fall due within this time go together. */
  private static final Duration TICK = Duration.ofMillis(100);

  private static final Duration REPORT = Duration.ofSeconds(5);

  /** How events are sent: up to this many together, and when they are due or as fast as can be. */
  public record Manner(int batch, boolean fast) {}

  private final Order order;
  private final Manner manner;
  private final Server server;
  private final Consumer<Totals> report;
  private final CountDownLatch stop = new CountDownLatch(1);

  private Totals totals = Totals.NONE;
  private Duration reported = Duration.ZERO;

  /**
   * A simulation that has not begun.
   *
   * @param report is told every few seconds what was sent
   */
  public Simulation(Order order, Manner manner, Server server, Consumer<Totals> report) {
    this.order = order;
    this.manner = manner;
    this.server = server;
    this.report = report;
  }

  /** Sends all events, or those up to {@link #stop}. */
  public Totals run() throws InterruptedException {
    return run(new Plan(Traffic.USUAL, order), Pace.real(order.start(), stop));
  }

  Totals run(Plan plan, Pace pace) throws InterruptedException {
    Uploader uploader = new Uploader(server, pace);
    List<Planned> batch = new ArrayList<>();
    while (stop.getCount() > 0 && plan.hasNext()) {
      boolean due = manner.fast() || !plan.peek().due().isAfter(pace.now());
      if (due) {
        batch.add(plan.next());
      }
      if (batch.size() == manner.batch() || (!due && !batch.isEmpty())) {
        send(batch, uploader, pace);
        batch.clear();
      } else if (!due) {
        Duration wait = Duration.between(pace.now(), plan.peek().due());
        pace.pause(wait.compareTo(TICK) > 0 ? wait : TICK);
      }
    }
    if (!batch.isEmpty() && stop.getCount() > 0) {
      send(batch, uploader, pace);
    }
    return totals;
  }

  /** Lets the batch on its way arrive, and sends no other. */
  public void stop() {
    stop.countDown();
  }

  /** What was sent so far; to be asked by the thread that runs, or after it. */
  public Totals totals() {
    return totals;
  }

  private void send(List<Planned> batch, Uploader uploader, Pace pace) throws InterruptedException {
    Receipt receipt = uploader.deliver(BATCH, bytes(batch));
    Instant now = pace.now();
    Duration elapsed = Duration.between(order.start(), now);
    Duration behind = manner.fast() ? Duration.ZERO : Duration.between(batch.getLast().due(), now);
    totals = totals.plus(batch.size(), receipt, elapsed, behind);
    if (elapsed.minus(reported).compareTo(REPORT) >= 0) {
      reported = elapsed;
      report.accept(totals);
    }
  }

  private static byte[] bytes(List<Planned> batch) {
    try {
      return JSON.writeValueAsBytes(batch.stream().map(Planned::cloudEvent).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a planned event has no JSON form", e);
    }
  }
}
