package io.busyhour.event.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneNumberTest {
  @ParameterizedTest
  @CsvSource({
    "+13035550123, +1303555****",
    "13035550123, 1303555****",
    "sip:+13035550123@198.51.100.7, sip:+1303555****@198.51.100.7",
    "client:alice, client:alice",
    "anonymous, anonymous",
    "5550123, 555****",
    "911, 911"
  })
  void mask_hidesTheLastFourDigits(String address, String masked) {
    assertThat(PhoneNumber.mask(address)).isEqualTo(masked);
    assertThat(PhoneNumber.mask(masked)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource({
    "+13035550123, +1303555****",
    "lead +1 (303) 555-0123 x, lead +1 (303) 555-**** x",
    "303-555-0123, 303-555-0123",
    "12345678901, 12345678901",
    "a+b, a+b",
    "+12345, +12345"
  })
  void text_hidesWhatIsANumberForCertain(String text, String shown) {
    assertThat(PhoneNumber.maskInternational(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "+13035550123, +1303555****",
    "from 13035550123 to 3035550124, from 1303555**** to 303555****",
    "GET /calls/%2B13035550123?x=1, GET /calls/%2B1303555****?x=1",
    "%2b13035550123, %2B1303555****",
    "(bind => [+13035550123; 7]), (bind => [+1303555****; 7])",
    "sip:13035550123@198.51.100.7, sip:1303555****@198.51.100.7",
    "303-555-0123 or 1-303-555-0123, 303-555-**** or 1-303-555-****",
    "(303) 555-0123 or 303.555.0123, (303) 555-**** or 303.555.****",
    "call CA3035550123ab at 0.30355501234, call CA3035550123ab at 0.30355501234",
    "position 123456789 in 5 s, position 123456789 in 5 s"
  })
  void line_hidesWhatMayBeANumber(String line, String shown) {
    assertThat(PhoneNumber.maskLine(line)).isEqualTo(shown);
    assertThat(PhoneNumber.maskLine(shown)).isEqualTo(shown);
  }

  @Test
  void text_hiddenAlready_staysAsItIs() {
    String shown = PhoneNumber.maskInternational("from +1 (303) 555-0123 to +13035550124, +1");
    assertThat(shown).isEqualTo("from +1 (303) 555-**** to +1303555****, +1");
    assertThat(PhoneNumber.maskInternational(shown)).isEqualTo(shown);
  }

  /** Found by feeding StatsD's lines: a regular expression went as deep as there are digits. */
  @Test
  void text_ofManyDigits_isReadAtOneDepth() {
    String digits = "9".repeat(100_000);
    assertThat(PhoneNumber.maskInternational("+" + digits))
        .isEqualTo("+" + digits.substring(4) + "****");
  }
}
