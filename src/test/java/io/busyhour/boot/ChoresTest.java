package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.boot.Chores.Chore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ChoresTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofDays(1);

  private static boolean reached(CountDownLatch latch) throws InterruptedException {
    return latch.await(20, TimeUnit.SECONDS);
  }

  @Test
  void chore_failing_isTriedAgainAndHoldsUpNoOther() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(3);
    CountDownLatch done = new CountDownLatch(3);
    Chore failing =
        new Chore(
            "failing",
            SOON,
            stop -> {
              failed.countDown();
              throw new IllegalStateException("as the test wants it");
            });
    try (Chores chores =
        new Chores(List.of(failing, new Chore("x", SOON, s -> done.countDown())))) {
      assertThat(chores).isNotNull();
      assertThat(reached(failed)).isTrue();
      assertThat(reached(done)).isTrue();
    }
  }

  @Test
  void close_whileOneIsAtWork_tellsItAndWaits() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean told = new AtomicBoolean();
    Chore chore =
        new Chore(
            "patient",
            SOON,
            stop -> {
              begun.countDown();
              told.set(stop.within(LONG));
            });
    try (Chores chores = new Chores(List.of(chore))) {
      assertThat(chores).isNotNull();
      assertThat(reached(begun)).isTrue();
    }
    assertThat(told).isTrue();
  }

  @Test
  void chore_beforeItsPeriod_isNotDone() {
    AtomicBoolean done = new AtomicBoolean();
    new Chores(List.of(new Chore("later", LONG, stop -> done.set(true)))).close();
    assertThat(done).isFalse();
  }
}
