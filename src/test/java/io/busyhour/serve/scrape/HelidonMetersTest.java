package io.busyhour.serve.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.Test;

/** Every kind of MicroProfile metric, under the name that Helidon serves it by. */
@HelidonTest
@AddConfig(key = "mp.metrics.distribution.timer.buckets", value = "bucketed.delay=50ms,1s")
@AddConfig(key = "mp.metrics.distribution.percentiles-histogram.enabled", value = "false")
class HelidonMetersTest extends ScrapeServer {
  @Inject MetricRegistry registry;

  @Test
  void counterAndGauge_keepTheirNames() throws Exception {
    registry.counter("call.attempts", new Tag("trunk", "t\"1")).inc(3);
    AtomicLong level = new AtomicLong(7);
    registry.gauge("queue-level", level, AtomicLong::get);

    assertThat(text(get("/metrics?scope=application")))
        .contains(
            "\ncall_attempts_total{mp_scope=\"application\",trunk=\"t\\\"1\"} 3.0\n",
            "\nqueue_level{mp_scope=\"application\"} 7.0\n");
  }

  @Test
  void timerWithBuckets_isAHistogramWithoutQuantiles() throws Exception {
    registry.timer("bucketed.delay").update(Duration.ofMillis(40));
    registry.timer("bucketed.delay").update(Duration.ofMillis(400));

    String scrape = text(get("/metrics?name=bucketed.delay"));

    ExpositionCheck.text(scrape);
    assertThat(scrape)
        .contains(
            "# TYPE bucketed_delay_seconds histogram\n",
            "bucketed_delay_seconds_bucket{mp_scope=\"application\",le=\"0.05\"} 1\n",
            "bucketed_delay_seconds_bucket{mp_scope=\"application\",le=\"1.0\"} 2\n",
            "bucketed_delay_seconds_bucket{mp_scope=\"application\",le=\"+Inf\"} 2\n",
            "bucketed_delay_seconds_count{mp_scope=\"application\"} 2\n",
            "bucketed_delay_seconds_sum{mp_scope=\"application\"} 0.44\n",
            "# TYPE bucketed_delay_seconds_max gauge\n")
        .doesNotContain("quantile");
  }

  @Test
  void timerAndHistogram_areSummariesWithQuantiles() throws Exception {
    registry.timer("plain.delay").update(Duration.ofSeconds(2));
    registry.histogram("plain.size").update(5);

    String scrape = text(get("/metrics?name=plain.delay&name=plain.size"));

    ExpositionCheck.text(scrape);
    assertThat(scrape)
        .contains(
            "# TYPE plain_delay_seconds summary\n",
            "plain_delay_seconds{mp_scope=\"application\",quantile=\"0.5\"} ",
            "plain_delay_seconds_count{mp_scope=\"application\"} 1\n",
            "plain_delay_seconds_sum{mp_scope=\"application\"} 2.0\n",
            "# TYPE plain_size summary\n",
            "plain_size_sum{mp_scope=\"application\"} 5.0\n");
    ExpositionCheck.openMetrics(
        text(
            get(
                "/metrics?name=plain.delay&name=bucketed.delay",
                "Accept",
                "application/openmetrics-text")));
  }

  @Test
  void nameOfBusyhour_isHiddenByItsOwn() throws Exception {
    registry.counter("voice_calls_total").inc(1000);
    meters.counter("voice_calls_total", "Calls.").add(1);

    assertThat(text(get("/metrics?name=voice_calls_total")).lines())
        .isEqualTo(
            List.of(
                "# HELP voice_calls_total Calls.",
                "# TYPE voice_calls_total counter",
                "voice_calls_total 1.0"));
  }

  @Test
  void valueThatCannotBeExposed_leavesTheOthers() throws Exception {
    registry.gauge("ends.in.bucket", 1, Integer::intValue);
    registry.counter("still.there").inc();

    assertThat(text(get("/metrics"))).contains("\nstill_there_total").doesNotContain("ends_in");
  }
}
