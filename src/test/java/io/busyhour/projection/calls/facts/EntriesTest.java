package io.busyhour.projection.calls.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EntriesTest {
  @Test
  void add_positions_areListedOnceInTheirOrder() {
    Entries entries = new Entries();
    assertThat(entries.positions()).isEmpty();
    for (long position : new long[] {7, 7, 0, 1_000_000, 12, 12}) {
      entries.add(position);
    }
    assertThat(entries.positions()).containsExactly(7L, 1_000_000L, 12L);
    assertThat(entries.leftOut()).isZero();
  }

  @Test
  void add_veryMany_keepsTheFirstAndTheLatest() {
    Entries entries = new Entries();
    long first = 1_000_000_000;
    int count = 5_000;
    LongStream.range(first, first + count).forEach(entries::add);
    List<Long> kept = entries.positions();
    assertThat(kept).hasSizeGreaterThan(1_000).isSorted().startsWith(first, first + 1);
    assertThat(kept).endsWith(first + count - 2, first + count - 1);
    assertThat(kept.size() + entries.leftOut()).isEqualTo(count);
  }
}
