package io.busyhour.receive.librato;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.receive.librato.Amount.Dimension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "'', 1, OTHER",
    "0, 0, OTHER",
    "27, 27, OTHER",
    "007, 7, OTHER",
    "2.314, 2.314, OTHER",
    ".5, 0.5, OTHER",
    "5., 5, OTHER",
    "0.1000000000000000000001, 0.1000000000000000000001, OTHER",
    // The number that it begins with: no second point, exponent, or comma.
    "1.2.3, 1.2, OTHER",
    "1e5, 1, OTHER",
    "'1,234', 1, OTHER",
    "38ms, 0.038, TIME",
    "412mS, 0.412, TIME",
    "1.5s, 1.5, TIME",
    "800us, 0.000800, TIME",
    "12345678912ms, 12345678.912, TIME",
    "10B, 10, SIZE",
    "2KB, 2000, SIZE",
    "2kB, 2000, SIZE",
    "21.22MB, 21220000, SIZE",
    "3GB, 3000000000, SIZE",
    "4.1%, 0.041, RATIO",
    // The unit is what is left between digits and points.
    "5ms3, 0.005, TIME",
    "5.ms., 0.005, TIME",
    "348836pages, 348836, OTHER",
    "5MS, 5, OTHER",
    "5Ms, 5, OTHER",
    "'1ms\\', 1, OTHER",
  })
  void value_isANumberInBaseUnits(String value, String number, Dimension of) {
    Amount amount = Amount.parse(value);
    assertThat(amount.number()).isEqualByComparingTo(number);
    assertThat(amount.of()).isSameAs(of);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "+5", ".", "..5", "ms", "abc", " 1", "\u0663", "%", "NaN"})
  void value_withoutNumber_isNone(String value) {
    assertThat(Amount.parse(value)).isNull();
  }
}
