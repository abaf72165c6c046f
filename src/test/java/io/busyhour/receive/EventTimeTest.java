package io.busyhour.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  private static final Instant RECEIPT = Instant.parse("2026-11-20T08:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T08:00:00Z, 2026-11-20T08:00:00Z",
    "2026-11-20t08:00:00z, 2026-11-20T08:00:00Z",
    "2026-11-20T08:00:00.123456789Z, 2026-11-20T08:00:00.123456Z",
    "2026-11-20T13:30:00.5+05:30, 2026-11-20T08:00:00.5Z",
    "2000-01-01T00:00:00Z, 2000-01-01T00:00:00Z",
    "2026-11-21T08:00:00Z, 2026-11-21T08:00:00Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2016-12-31T23:59:60.25Z, 2017-01-01T00:00:00.25Z",
    "2017-01-01T00:59:60+01:00, 2017-01-01T00:00:00Z"
  })
  void parse_good_isUtcToTheMicrosecond(String text, Instant time) {
    assertThat(EventTime.parse("time", text, RECEIPT)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-20",
        "2026-11-20T08:00:00",
        "2026-13-20T08:00:00Z",
        "0001-01-01T00:00:00Z",
        "1999-12-31T23:59:59.999999Z",
        "2026-11-21T08:00:00.000001Z",
        "9999-12-31T23:59:59Z",
        "+99999-01-01T00:00:00Z",
        "2026-11-19T08:00:60Z",
        "2026-11-19T08:00:61Z",
        "1763625600"
      })
  void parse_bad_isRefused(String text) {
    assertThatThrownBy(() -> EventTime.parse("time", text, RECEIPT))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.INVALID_TIME))
        .hasMessageStartingWith("time: " + Quoted.of(text) + " (expected: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon, 03 Nov 2025 16:20:09 +0000 | 2025-11-03T16:20:09Z",
        "Mon, 3 Nov 2025 16:20:09 GMT | 2025-11-03T16:20:09Z",
        "Mon, 03 Nov 2025 08:20:09 -0800 | 2025-11-03T16:20:09Z"
      })
  void parseMail_good_isUtc(String text, Instant time) {
    assertThat(EventTime.parseMail("Timestamp", text, RECEIPT)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "1762186801, 2025-11-03T16:20:01Z",
    "1762186801.120, 2025-11-03T16:20:01.120Z",
    "1762186801.123456789, 2025-11-03T16:20:01.123456Z"
  })
  void parseUnix_good_isUtcToTheMicrosecond(String text, Instant time) {
    assertThat(EventTime.parseUnix("time", text, RECEIPT)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "now", "-1", "1e9", "946684799", "99999999999", "1000000000000000000"})
  void parseUnix_bad_isRefused(String text) {
    assertThatThrownBy(() -> EventTime.parseUnix("time", text, RECEIPT))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).isEqualTo(Reason.INVALID_TIME))
        .hasMessageStartingWith("time: " + Quoted.of(text) + " (expected: ");
  }
}
