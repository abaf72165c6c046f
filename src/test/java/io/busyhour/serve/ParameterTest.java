package io.busyhour.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {
  private static final Parameter HOURS = new Parameter("hours", 24, 1, 2160);

  @Test
  void read_inRange_isTheNumber() {
    assertThat(HOURS.read(null)).isEqualTo(24);
    assertThat(HOURS.read("1")).isEqualTo(1);
    assertThat(HOURS.read("2160")).isEqualTo(2160);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "2161", "-5", "+5", " 5", "1e2", "abc", "99999999999", "٣"})
  void read_anythingElse_isRefusedWithTheRange(String text) {
    assertThatThrownBy(() -> HOURS.read(text))
        .isInstanceOf(Refusal.class)
        .hasMessage("hours: (expected: a whole number, 1 to 2160)");
  }
}
