package io.busyhour.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.boot.Chores.Stop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final int SIZE = 10;

  private final Queue<Integer> deleted = new ArrayDeque<>();
  private final List<Long> pauses = new ArrayList<>();
  private long millis;

  private long inSteps(Stop stop) {
    return Retention.inSteps(this::step, SIZE, () -> millis * 1_000_000, stop);
  }

  /** The first takes 100 ms, and each less than the one before. */
  private int step() {
    millis += 100 / (pauses.size() * (long) pauses.size());
    return deleted.remove();
  }

  private boolean goOn(Duration pause) {
    pauses.add(pause.toMillis());
    return false;
  }

  @Test
  void steps_areTakenUntilOneIsNotFull_withPausesAsLongAsTheyTook() {
    deleted.addAll(List.of(SIZE, SIZE, SIZE, 3, SIZE));
    assertThat(inSteps(this::goOn)).isEqualTo(33);
    assertThat(pauses).containsExactly(20L, 100L, 25L, 20L);
  }

  @Test
  void steps_end_whenTheServerDoes() {
    deleted.addAll(List.of(SIZE, SIZE, SIZE));
    assertThat(inSteps(pause -> !goOn(pause) && pauses.size() > 2)).isEqualTo(20);
  }
}
