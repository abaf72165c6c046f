package io.busyhour.receive.kamailio;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipOutcomeTest {
  @ParameterizedTest
  @CsvSource({
    "200, COMPLETED",
    "202, COMPLETED",
    "486, BUSY",
    "600, BUSY",
    "480, NO_ANSWER",
    "487, CANCELED",
    "408, TIMEOUT",
    "504, TIMEOUT",
    "603, REJECTED",
    "607, REJECTED",
    "608, REJECTED",
    "401, FAILED",
    "402, FAILED",
    "403, FAILED",
    "407, FAILED",
    "404, FAILED",
    "604, FAILED",
    "410, FAILED",
    "484, FAILED",
    "488, FAILED",
    "606, FAILED",
    "500, FAILED",
    "502, FAILED",
    "503, FAILED",
    "481, FAILED",
    "699, FAILED"
  })
  void code_hasItsOutcome(int code, Outcome outcome) {
    assertThat(SipOutcome.of(code)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 180, 183, 300, 301, 302, 305, 380, 399})
  void code_ofNoEnd_hasNone(int code) {
    assertThat(SipOutcome.of(code)).isNull();
    assertThat(SipOutcome.isRefusal(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 407, 491})
  void code_afterWhichTheRequestIsSentAgain_isNoRefusal(int code) {
    assertThat(SipOutcome.isRefusal(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 403, 404, 408, 480, 486, 487, 500, 503, 600, 603})
  void code_thatEndsAnAttempt_isARefusal(int code) {
    assertThat(SipOutcome.isRefusal(code)).isTrue();
  }
}
