package io.busyhour.projection.calls.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.projection.calls.facts.SettleQueue.Due;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import org.junit.jupiter.api.Test;

class SettleQueueTest {
  private final SettleQueue queue = new SettleQueue();

  @Test
  void poll_givesWhatIsDueInOrderOfTimeKindAndId() {
    queue.put(Kind.MESSAGE, "b", 5L);
    queue.put(Kind.CALL, "b", 5L);
    queue.put(Kind.CALL, "a", 5L);
    queue.put(Kind.CALL, "z", 4L);
    queue.put(Kind.CALL, "later", 6L);
    assertThat(queue.poll(5)).isEqualTo(new Due(4, Kind.CALL, "z"));
    assertThat(queue.poll(5)).isEqualTo(new Due(5, Kind.CALL, "a"));
    assertThat(queue.poll(5)).isEqualTo(new Due(5, Kind.CALL, "b"));
    assertThat(queue.poll(5)).isEqualTo(new Due(5, Kind.MESSAGE, "b"));
    assertThat(queue.poll(5)).isNull();
    assertThat(queue.isDue(6)).isTrue();
  }

  @Test
  void row_thatWaitsAgain_isThereOnce() {
    queue.put(Kind.CALL, "a", 5L);
    queue.put(Kind.CALL, "a", 9L);
    assertThat(queue.isDue(8)).isFalse();
    assertThat(queue.poll(9)).isEqualTo(new Due(9, Kind.CALL, "a"));
    assertThat(queue.poll(9)).isNull();
  }

  @Test
  void row_thatWaitsNoMore_isGone() {
    queue.put(Kind.CALL, "a", 5L);
    queue.put(Kind.CALL, "a", null);
    queue.put(Kind.CALL, "never", null);
    assertThat(queue.isDue(Long.MAX_VALUE)).isFalse();
  }
}
