package io.busyhour.projection.meters.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class L2metLineTest {
  /** What l2met reads, after logfmt: identifiers end at spaces, quotes and equals signs. */
  private static final Pattern PARSED =
      Pattern.compile(
          "source=(?<source>[^ \"=]+) (?<kind>count|sample)#(?<name>[^ \"=]+)="
              + "(?<number>\\d*(\\.\\d*)?)(?<unit>[^\\d.]*)");

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "12000000, 12ms",
    "2314000000, 2314ms",
    "1500000, 1.5ms",
    "1000, 0.001ms",
    "100000000, 100ms",
    "119999999000, 119999.999ms",
    "86400000000000, 86400000ms",
  })
  void duration_isInMilliseconds(long nanos, String written) {
    String line = L2metLine.sample("web1", "dialer.contact.busy", Duration.ofNanos(nanos));
    assertThat(line).isEqualTo("source=web1 sample#dialer.contact.busy=" + written);
    Matcher parsed = PARSED.matcher(line);
    assertThat(parsed.matches()).isTrue();
    assertThat(parsed.group("unit")).isEqualTo("ms");
    assertThat(Double.parseDouble(parsed.group("number"))).isEqualTo(nanos / 1e6);
  }

  @Test
  void counts_andNumbers_arePlain() {
    assertThat(L2metLine.count("web1.12", "dialer.requests.total"))
        .isEqualTo("source=web1.12 count#dialer.requests.total=1");
    assertThat(L2metLine.sample("web1.12", "dialer.caller_sessions.on_call", 27))
        .isEqualTo("source=web1.12 sample#dialer.caller_sessions.on_call=27");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "web1.example.com, web1_example_com",
        "null, -",
        "'', -",
        "'a b', a_b",
        "'a=\"b\"', a__b_",
        "'a\tb\nc', a_b_c",
        "caf\u00e9\u00a0\u2028, caf___",
        "a-b_c:d, a-b_c:d",
        "9981, 9981",
        "+13035550123, _1303555____",
      })
  void part_ofASource_isOneWord(String part, String written) {
    assertThat(L2metLine.dotted("x", part, null)).isEqualTo("x." + written + ".-");
    Matcher parsed = PARSED.matcher(L2metLine.count(L2metLine.dotted("x", part, null), "n"));
    assertThat(parsed.matches()).isTrue();
    assertThat(parsed.group("source").split("\\.", -1)).hasSize(3);
  }
}
