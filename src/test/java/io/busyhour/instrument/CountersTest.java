package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

  private final Meters meters = Meters.create(10, CLOCK);

  @Test
  void counter_addsExactDecimals() {
    CounterFamily cost = meters.counter("campaign_cost_total", "Dollars.", "campaign_id");
    for (int i = 0; i < 10; i++) {
      cost.add(new BigDecimal("0.1"), "a");
    }
    cost.add(new BigDecimal("1E+20"), "a");
    cost.add(new BigDecimal("-0"), "a");

    assertThat(saved("campaign_cost_total")).endsWith(";100000000000000000001");
    cost.add(Long.MAX_VALUE, "b");
    cost.add(Long.MAX_VALUE, "b");
    assertThat(saved("campaign_cost_total")).endsWith(";18446744073709551614");
  }

  @Test
  void counter_withoutLabelsStartsAtZero() {
    meters.counter("voice_calls_total", "Calls.");

    assertThat(Exposed.text(meters)).contains("\nvoice_calls_total 0.0\n");
  }

  @Test
  void counter_touchedShowsZero() {
    meters.counter("jobs_total", "Jobs.", "process", "status").touch("import", "error");

    assertThat(Exposed.text(meters))
        .contains("\njobs_total{process=\"import\",status=\"error\"} 0.0\n");
  }

  @Test
  void counter_nullLabelIsEmpty() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a", "b");
    calls.add(1, "x", null);
    calls.add(1, "x", "");

    assertThat(Exposed.text(meters)).contains("\ncalls_total{a=\"x\",b=\"\"} 2.0\n");
  }

  @Test
  void counter_keepsItsOwnCopyOfLabelValues() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    String[] values = {"x"};
    calls.add(1, values);
    values[0] = "y";
    calls.add(1, values);

    assertThat(Exposed.text(meters)).contains("{a=\"x\"} 1.0", "{a=\"y\"} 1.0");
  }

  @Test
  void counter_unwritableCharactersAreReplacedInOneSeries() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    calls.add(1, "x\uD800");
    calls.add(1, "x\uDC00");
    calls.add(1, "x\0");
    calls.add(1, "\uD83D\uDCDE");

    assertThat(Exposed.text(meters)).contains("{a=\"x\uFFFD\"} 3.0", "{a=\"\uD83D\uDCDE\"} 1.0");
  }

  @Test
  void counter_refusesToFall() {
    CounterFamily calls = meters.counter("calls_total", "Calls.");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls.add(-1))
        .withMessage("calls_total: -1 (expected: 0 or more, as a counter never falls)");
    assertThatIllegalArgumentException().isThrownBy(() -> calls.add(new BigDecimal("-0.01")));
    assertThat(Exposed.sum(meters, "calls_total")).isZero();
  }

  @Test
  void counter_refusesAmountsWithoutEnd() {
    CounterFamily cost = meters.counter("cost_total", "Dollars.");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cost.add(new BigDecimal("1E+999999999")))
        .withMessageContaining("at most 400");
    assertThatIllegalArgumentException().isThrownBy(() -> cost.add(new BigDecimal("1E-999999999")));
  }

  @Test
  void counter_refusesAnotherNumberOfLabelValues() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "account", "trunk");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls.add(1, "acme"))
        .withMessage(
            "label values of calls_total: [acme] (expected: one each for [account, trunk])");
  }

  @Test
  void counter_exemplarIsTheLatest() {
    CounterFamily calls = meters.counter("calls_total", "Calls.");
    calls.add(1, new Exemplar("call_id", "late", START.plusSeconds(9)));
    calls.add(1, new Exemplar("call_id", "early", START.plusSeconds(1)));

    assertThat(Exposed.openMetrics(meters, "calls_total"::equals))
        .contains("calls_total 2.0 # {call_id=\"late\"} 1.0 1772352009.000\n");
  }

  private String saved(String family) {
    return meters.changed().stream()
        .filter(state -> state.family().equals(family))
        .findFirst()
        .orElseThrow()
        .state();
  }
}
