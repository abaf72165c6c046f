package io.busyhour.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Backoff backoff = new Backoff(new Random(7));

  @ParameterizedTest
  @CsvSource({
    "1, 90, 110",
    "2, 180, 220",
    "3, 360, 440",
    "4, 720, 880",
    "9, 23040, 28160",
    "10, 30000, 30000",
    "1000, 30000, 30000"
  })
  void delay_doublesUpToTheLongest(int failures, long least, long most) {
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.delay(failures, null).toMillis()).isBetween(least, most);
    }
  }
}
