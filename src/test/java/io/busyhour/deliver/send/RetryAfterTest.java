package io.busyhour.deliver.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-21T16:00:00.250Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1",
        "120 | 120",
        "120.1 | 121",
        "0.001 | 1",
        "7. | 7",
        "86400 | 86400",
        "86401 | 86400",
        "999999999999999999 | 86400",
        "Sat, 21 Nov 2026 16:02:00 GMT | 120",
        "sat, 21 nov 2026 16:02:00 gmt | 120",
        "Saturday, 21-Nov-26 16:02:00 GMT | 120",
        "Sat Nov 21 16:02:00 2026 | 120",
        "Tue Dec  1 16:02:00 2026 | 86400",
        "Sat, 21 Nov 2026 16:00:01 GMT | 1",
      })
  void wait_isWholeSecondsAtMostADay(String text, long seconds) {
    assertThat(RetryAfter.of(text, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0.0",
        "-1",
        "+5",
        "soon",
        "1e3",
        "NaN",
        "5 s",
        "9999999999999999999",
        "Sat, 21 Nov 2026 15:59:59 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Saturday, 06-Nov-94 08:49:37 GMT",
        "Sun, 99 Nov 2026 08:49:37 GMT",
        "2026-11-21T16:02:00Z",
      })
  void garbageAndThePast_areNoWait(String text) {
    assertThat(RetryAfter.of(text, NOW)).isNull();
  }
}
