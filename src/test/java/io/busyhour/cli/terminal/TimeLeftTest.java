package io.busyhour.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {
  @ParameterizedTest
  @CsvSource({"0, 3, ''", "0.25, 30, ', 1:30 left'", "1, 30, ', 0:00 left'"})
  void timeLeft_isToldAsSoonAsItIsKnown(double part, double seconds, String told) {
    assertThat(TimeLeft.after(part, seconds)).isEqualTo(told);
  }
}
