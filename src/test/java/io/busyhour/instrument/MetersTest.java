package io.busyhour.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);
  private static final double[] SECONDS = {0.1, 1, 10};

  private final Meters meters = Meters.create(10, CLOCK);

  @Test
  void alone_isSeenWholeOrNotAtAll() throws InterruptedException {
    CounterFamily a = meters.counter("a_total", "A.");
    CounterFamily b = meters.counter("b_total", "B.");
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    meters.alone(
                        () -> {
                          a.add(1);
                          b.add(1);
                        });
                  }
                });
    List<Double> differences = new ArrayList<>();
    while (writer.isAlive()) {
      MetricSnapshots seen = meters.snapshots(name -> name.length() == "a_total".length());
      differences.add(value(seen, 0) - value(seen, 1));
    }
    writer.join();

    assertThat(differences).isNotEmpty().containsOnly(0.0);
    assertThat(Exposed.sum(meters, "b_total")).isEqualTo(20_000);
  }

  private static double value(MetricSnapshots seen, int i) {
    return ((CounterSnapshot) seen.get(i)).getDataPoints().getFirst().getValue();
  }

  @Test
  void updates_outsideAloneTearNoSeries() throws InterruptedException {
    HistogramFamily talk = meters.histogram("talk_seconds", "Talk.", SECONDS, "a");
    Runnable work =
        () -> {
          for (int i = 0; i < 50_000; i++) {
            talk.observe(1, "x");
          }
        };
    Thread one = Thread.ofPlatform().start(work);
    Thread two = Thread.ofPlatform().start(work);
    meters.alone(() -> talk.observe(1, "x"));
    while (one.isAlive() || two.isAlive()) {
      for (var point : Exposed.family(meters, "talk_seconds").getDataPoints()) {
        // The library refuses a point whose classic and native counts differ.
        HistogramDataPointSnapshot histogram = (HistogramDataPointSnapshot) point;
        assertThat(histogram.getSum()).isEqualTo((double) histogram.getCount());
      }
    }
    one.join();
    two.join();

    assertThat(Exposed.histogram(meters, "talk_seconds").getCount()).isEqualTo(100_001);
  }

  @Test
  void computed_isAskedAtEachScrape() {
    double[] value = {1};
    meters.computed("busyhour_x", () -> gauge("busyhour_x", value[0]));
    assertThat(Exposed.text(meters)).contains("\nbusyhour_x 1.0\n");

    value[0] = 2;

    assertThat(Exposed.text(meters)).contains("\nbusyhour_x 2.0\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> meters.computed("busyhour_x", () -> null));
  }

  @Test
  void computed_failingLeavesTheOthers() {
    meters.counter("calls_total", "Calls.").add(1);
    meters.computed(
        "busyhour_x",
        () -> {
          throw new IllegalStateException("no rows");
        });
    meters.computed("busyhour_y", () -> gauge("busyhour_z", 1));
    meters.computed("busyhour_w", () -> null);

    assertThat(Exposed.text(meters))
        .contains("calls_total 1.0")
        .doesNotContain("busyhour_x", "busyhour_y", "busyhour_z", "busyhour_w");
  }

  private static MetricSnapshot gauge(String name, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }
}
