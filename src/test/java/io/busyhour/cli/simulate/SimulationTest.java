package io.busyhour.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.cli.remote.FakeBusyhour;
import io.busyhour.cli.remote.Server;
import io.busyhour.cli.remote.ServerProblem;
import io.busyhour.cli.simulate.Simulation.Manner;
import io.busyhour.cli.simulate.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final Order ORDER =
      new Order(1, START, Duration.ofSeconds(30), 50, Order.WHOLE_DAY, Duration.ZERO);

  private final FakeBusyhour server = new FakeBusyhour();
  private final List<Totals> reports = new ArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void run_sendsThePlanAndSaysWhatBecameOfIt() throws Exception {
    Totals totals = run(new Manner(500, false), new TurnedByHand());
    List<Planned> plan = plan();
    Set<Object> keys = new HashSet<>();
    plan.forEach(planned -> keys.add(planned.key()));
    assertThat(totals.sent()).isEqualTo(plan.size());
    assertThat(totals.accepted()).isEqualTo(keys.size()).isEqualTo(server.events().size());
    assertThat(totals.duplicates()).isEqualTo(plan.size() - keys.size());
    assertThat(totals.rejected()).isZero();
  }

  @Test
  void run_again_isAllDuplicates() throws Exception {
    run(new Manner(500, true), new TurnedByHand());
    Totals again = run(new Manner(500, true), new TurnedByHand());
    assertThat(again.accepted()).isZero();
    assertThat(again.duplicates()).isEqualTo(again.sent());
  }

  @Test
  void run_inTime_sendsNothingBeforeItIsDue() throws Exception {
    TurnedByHand pace = new TurnedByHand();
    run(new Manner(500, false), pace);
    assertThat(pace.now).isAfter(START.plusSeconds(29)).isBefore(START.plusSeconds(31));
    assertThat(server.batches().size()).isGreaterThan(100);
    assertThat(reports).hasSizeBetween(5, 6);
    assertThat(reports.getFirst().behind()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void run_fast_fillsItsBatchesAndDoesNotWait() throws Exception {
    TurnedByHand pace = new TurnedByHand();
    run(new Manner(100, true), pace);
    List<Integer> sizes = server.batches();
    assertThat(sizes.subList(0, sizes.size() - 1)).containsOnly(100);
    assertThat(pace.now).isEqualTo(START);
  }

  @Test
  void run_overloaded_losesNothing() throws Exception {
    String busy = "{\"error\":\"overloaded\",\"message\":\"later\"}";
    server.answersOnce(503, "2", busy).answersOnce(503, "2", busy);
    TurnedByHand pace = new TurnedByHand();
    Totals totals = run(new Manner(100, true), pace);
    assertThat(totals.sent()).isEqualTo(plan().size());
    assertThat(pace.now).isEqualTo(START.plusSeconds(4));
  }

  @Test
  void run_wrongToken_ends() {
    server.wantsToken("right");
    assertThatThrownBy(() -> run(new Manner(100, true), new TurnedByHand()))
        .isInstanceOf(ServerProblem.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void stop_whileRunning_endsWithTheTotals() throws Exception {
    Order endless = new Order(1, START, Duration.ofDays(365), 500, Order.WHOLE_DAY, Duration.ZERO);
    CountDownLatch reported = new CountDownLatch(1);
    Simulation simulation =
        new Simulation(
            endless,
            new Manner(100, true),
            new Server(server.url(), null),
            totals -> reported.countDown());
    AtomicReference<Totals> result = new AtomicReference<>();
    TurnedByHand hurrying = new TurnedByHand();
    hurrying.step = Duration.ofSeconds(1);
    Thread runs = Thread.ofVirtual().start(() -> result.set(runQuietly(simulation, hurrying)));
    assertThat(reported.await(20, TimeUnit.SECONDS)).isTrue();
    simulation.stop();
    assertThat(runs.join(Duration.ofSeconds(20))).isTrue();
    assertThat(result.get().sent()).isPositive();
    assertThat(result.get().accepted()).isEqualTo(server.events().size());
  }

  @Test
  void demo_sendsUntilClosed() throws Exception {
    List<String> said = new ArrayList<>();
    try (Demo demo = Demo.start(server.url(), null, said::add)) {
      assertThat(demo).isNotNull();
      awaitEvents(1_000);
    }
    assertThat(said).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("demo-traffic");
  }

  @Test
  void demo_withoutServer_saysWhyItEnded() throws Exception {
    AtomicReference<String> said = new AtomicReference<>();
    CountDownLatch told = new CountDownLatch(1);
    server.close();
    try (Demo demo =
        Demo.start(
            server.url(),
            null,
            sentence -> {
              said.set(sentence);
              told.countDown();
            })) {
      assertThat(demo).isNotNull();
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(said.get()).startsWith("the demo's traffic ended: no Busyhour answers at");
  }

  private void awaitEvents(int count) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 400 && server.events().size() < count; i++) {
      never.await(50, TimeUnit.MILLISECONDS);
    }
    assertThat(server.events()).hasSizeGreaterThanOrEqualTo(count);
  }

  private Totals run(Manner manner, Pace pace) throws InterruptedException {
    Simulation simulation =
        new Simulation(ORDER, manner, new Server(server.url(), null), reports::add);
    return simulation.run(new Plan(Traffic.USUAL, ORDER), pace);
  }

  private static Totals runQuietly(Simulation simulation, Pace pace) {
    try {
      return simulation.run(
          new Plan(
              Traffic.USUAL,
              new Order(1, START, Duration.ofDays(365), 500, Order.WHOLE_DAY, Duration.ZERO)),
          pace);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Planned> plan() {
    List<Planned> all = new ArrayList<>();
    new Plan(Traffic.USUAL, ORDER).forEachRemaining(all::add);
    return all;
  }

  /** A clock that goes on only while somebody waits, or a step whenever it is read. */
  private static final class TurnedByHand implements Pace {
    private Instant now = START;
    private Duration step = Duration.ZERO;

    @Override
    public Instant now() {
      now = now.plus(step);
      return now;
    }

    @Override
    public boolean pause(Duration time) {
      now = now.plus(time);
      return true;
    }
  }
}
