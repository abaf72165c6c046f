package io.busyhour.instrument.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerBucketsTest {
  private static final MetricName NAME = new MetricName("app.dial", "app_dial_seconds");

  private static List<Double> of(String setting) {
    return new TimerBuckets(Optional.ofNullable(setting)).of(NAME);
  }

  @Test
  void bounds_standardWhereNothingSuits() {
    assertThat(of(null)).hasSize(13).startsWith(0.005).endsWith(60.0).isSorted();
    assertThat(of("app.hangup=1s;dial=2s;b*=3s")).isEqualTo(of(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.dial=10ms,1s | 0.01,1.0",
        "app_dial_seconds=10ms | 0.01",
        "app.*=1m | 60.0",
        "*=2h | 7200.0",
        "app.dial = 5 , 10 | 0.005,0.01",
        "app.dial=1s,10ms,1s | 0.01,1.0",
        "*=1s;app.dial=2s | 2.0",
        "app.dial=2s;*=1s | 1.0",
        "app.dial=1s,soon,0,-2s | 1.0",
      })
  void bounds_ofTheLastThatSuits(String setting, String bounds) {
    assertThat(of(setting)).extracting(String::valueOf).containsExactly(bounds.split(",", -1));
  }

  @Test
  void bounds_noneWhereSoSet() {
    assertThat(of("app.dial=")).isEmpty();
  }
}
