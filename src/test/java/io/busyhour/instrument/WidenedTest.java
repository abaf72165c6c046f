package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.instrument.Meters.SeriesState;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Families that come, grow and go while the meters are in use. */
class WidenedTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);

  private final Meters meters = Meters.create(3, CLOCK);
  private final List<SeriesState> saved = new ArrayList<>();

  private void widen(String family, String... labels) {
    meters.alone(() -> meters.widen(family, List.of(labels)));
  }

  /** As a table of rows by id does. */
  private void save() {
    for (SeriesState state : meters.changed()) {
      saved.removeIf(row -> row.id() == state.id());
      if (!state.gone()) {
        saved.add(state);
      }
    }
  }

  @Test
  void widen_seriesGoOnWithTheEmptyValue() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    calls.add(1, "x");
    assertThat(Exposed.text(meters)).contains("calls_total{a=\"x\"} 1.0");
    widen("calls_total", "b", "c");
    calls.add(2, "x", "", null);
    calls.add(4, "x", "y", "");
    assertThat(Exposed.text(meters))
        .contains("calls_total{a=\"x\",b=\"\",c=\"\"} 3.0")
        .contains("calls_total{a=\"x\",b=\"y\",c=\"\"} 4.0")
        .doesNotContain("calls_total{a=\"x\"}");
  }

  @Test
  void widen_familyWithoutLabels_keepsItsSeries() {
    CounterFamily calls = meters.counter("calls_total", "Calls.");
    calls.add(1);
    widen("calls_total", "a");
    calls.add(1, "");
    assertThat(Exposed.text(meters)).contains("calls_total{a=\"\"} 2.0");
  }

  @Test
  void widen_othersStayTheOthers_alsoWhenTheyAreRead() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    for (String value : List.of("x", "y", "z")) {
      calls.add(1, value);
    }
    save();
    widen("calls_total", "b");
    calls.add(1, "w", "v");
    String other = "calls_total{a=\"__other__\",b=\"__other__\"} ";
    assertThat(Exposed.text(meters)).contains(other + "2.0");
    save();
    meters.restore(saved);
    calls.add(1, "u", "v");
    assertThat(Exposed.text(meters))
        .contains(other + "3.0")
        .contains("calls_total{a=\"x\",b=\"\"} 1.0");
  }

  @Test
  void restore_rowsOfBeforeTheWidening_areThoseSeries() {
    CounterFamily calls = meters.counter("calls_total", "Calls.", "a");
    GaugeFamily leads = meters.gauge("leads", "Leads.");
    calls.add(1, "x");
    leads.set(5);
    save();
    String narrow = Exposed.text(meters);
    Meters again = Meters.create(3, CLOCK);
    again.restore(saved);
    again.counter("calls_total", "Calls.", "a", "b").add(1, "x", "");
    again.gauge("leads", "Leads.", "a").add(1, "");
    assertThat(narrow).contains("calls_total{a=\"x\"} 1.0");
    assertThat(Exposed.text(again))
        .contains("calls_total{a=\"x\",b=\"\"} 2.0")
        .contains("leads{a=\"\"} 6.0");
  }

  @Test
  void widen_labelThatIsThereOrForbidden_isRefused() {
    meters.counter("calls_total", "Calls.", "a");
    assertThatIllegalArgumentException().isThrownBy(() -> widen("calls_total", "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> widen("calls_total", "le"));
    assertThatIllegalArgumentException().isThrownBy(() -> widen("nobodys_total", "b"));
  }

  @Test
  void forget_nameIsFreeAgain_andWhatWasSavedComesBack() {
    meters.counter("calls_total", "Calls.", "a").add(3, "x");
    save();
    meters.forget("calls_total");
    meters.forget("never_heard_of");
    assertThat(Exposed.text(meters)).doesNotContain("calls");
    meters.restore(saved);
    assertThat(Exposed.text(meters)).doesNotContain("calls");
    meters.counter("calls_total", "Calls.", "a", "b");
    assertThat(Exposed.text(meters)).contains("calls_total{a=\"x\",b=\"\"} 3.0");
  }

  @Test
  void gauge_addsDecimals() {
    GaugeFamily leads = meters.gauge("leads", "Leads.", "a");
    leads.add(0.1, "x");
    leads.add(0.2, "x");
    leads.add(-0.5, "y");
    assertThat(Exposed.text(meters)).contains("leads{a=\"x\"} 0.3").contains("leads{a=\"y\"} -0.5");
    leads.set(Double.MAX_VALUE, "x");
    leads.add(Double.MAX_VALUE, "x");
    assertThat(Exposed.text(meters)).contains("leads{a=\"x\"} 1.7976931348623157E308");
  }

  @Test
  void histogram_manyAtOnce_isAsOneByOne() {
    double[] bounds = {0.1, 1};
    HistogramFamily one = meters.histogram("one_seconds", "A.", bounds);
    HistogramFamily many = meters.histogram("many_seconds", "A.", bounds);
    double[] values = {0.05, 0.5, 0.5, 0.5, 7, 0};
    for (double value : values) {
      one.observe(value);
    }
    many.observe(new double[] {0.05, 0.5, 7, 0}, new long[] {1, 3, 1, 1}, new BigDecimal("8.55"));
    many.observe(new double[] {0.5}, new long[] {0}, BigDecimal.ZERO);
    assertThat(Exposed.everything(meters, "many_seconds"::equals).replace("many", "one"))
        .isEqualTo(Exposed.everything(meters, "one_seconds"::equals));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> many.observe(new double[] {1}, new long[] {-1}, BigDecimal.ONE));
  }
}
