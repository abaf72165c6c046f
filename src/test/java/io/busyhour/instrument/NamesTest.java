package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.busyhour.instrument.Meters.Exemplar;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
  private static final double[] SECONDS = {0.1, 1, 10};

  private final Meters meters = Meters.create(10, CLOCK);

  @ParameterizedTest
  @ValueSource(strings = {"", "1calls_total", "calls.total", "ca lls_total", "ünder_total"})
  void metricName_notOfPrometheusIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter(name, "Calls."))
        .withMessageStartingWith("metric name: \"" + name + "\" (expected: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "_total", "calls_bucket_total", "calls_total_total"})
  void counterName_wrongEndingIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> meters.counter(name, "Calls."));
  }

  @Test
  void counterName_endingOfOtherSamplesBeforeItsOwnIsFine() {
    meters.counter("lines_count_total", "Lines.").add(2);
    assertThat(Exposed.text(meters)).contains("\nlines_count_total 2.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x_total", "x_created", "x_bucket", "x_info", "x_count", "x_sum"})
  void gaugeAndHistogramName_endingOfSamplesIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> meters.gauge(name, "X."));
    assertThatIllegalArgumentException().isThrownBy(() -> meters.histogram(name, "X.", SECONDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"le", "quantile", "job", "instance", "__name__", "a-b", "", "twice"})
  void labelName_takenOrWrongIsRefused(String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter("calls_total", "Calls.", "twice", label))
        .withMessageStartingWith("label of calls_total: \"" + label + "\" (expected: ");
  }

  @Test
  void help_missingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter("calls_total", " "))
        .withMessage("help of calls_total: none (expected: what the family counts)");
  }

  @Test
  void bounds_notRisingAreRefused() {
    for (double[] bounds :
        new double[][] {{1, 1}, {2, 1}, {Double.NaN}, {1, Double.POSITIVE_INFINITY}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> meters.histogram("talk_seconds", "Talk.", bounds))
          .withMessageEndingWith("(expected: finite and rising)");
    }
  }

  @Test
  void family_registeredAgainIsTheSame() {
    assertThat(meters.counter("calls_total", "Calls.", "a"))
        .isSameAs(meters.counter("calls_total", "Calls.", "a"));
    assertThat(meters.histogram("talk_seconds", "Talk.", SECONDS))
        .isSameAs(meters.histogram("talk_seconds", "Talk.", SECONDS.clone()));
  }

  @Test
  void family_registeredAgainAsAnotherIsRefused() {
    meters.counter("calls_total", "Calls.", "a");
    meters.histogram("talk_seconds", "Talk.", SECONDS);
    meters.gauge("pending", "Leads.");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.counter("calls_total", "Calls.", "b"))
        .withMessage(
            "calls_total is registered as Counters[a] already"
                + " (expected: the same again, not Counters[b])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.histogram("talk_seconds", "Talk.", new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.histogram("pending", "Leads.", SECONDS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.gauge("calls", "Calls."))
        .withMessageContaining("calls and calls_total are the same name to OpenMetrics");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "call id", "call-id", "1call"})
  void exemplarLabel_wrongIsRefused(String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Exemplar(label, "CA1", START))
        .withMessageStartingWith("exemplar label: \"" + label + "\" (expected: ");
  }
}
