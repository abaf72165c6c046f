package io.busyhour.deliver.work;

import io.busyhour.instrument.Meters;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Supplier;

/** The gauge of the endpoints' states: 0 is delivered to, 1 is tried again, 2 is left alone. */
public final class EndpointMetrics {
  private static final String NAME = "webhook_endpoint_state";

  private EndpointMetrics() {}

  /** Registers the family. */
  public static void register(Meters meters, int limit, Supplier<List<EndpointState>> states) {
    meters.computed(NAME, () -> snapshot(states.get(), limit));
  }

  private static MetricSnapshot snapshot(List<EndpointState> states, int limit) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name(NAME)
            .help("Endpoints of outgoing webhooks: 0 delivered to, 1 tried again, 2 left alone.");
    states.stream().limit(limit).forEach(state -> gauge.dataPoint(point(state)));
    return gauge.build();
  }

  private static GaugeDataPointSnapshot point(EndpointState state) {
    double value =
        switch (state.state()) {
          case CLOSED -> 0;
          case HALF_OPEN -> 1;
          case OPEN -> 2;
        };
    return GaugeDataPointSnapshot.builder()
        .labels(
            Labels.of("partner_id", state.partnerId(), "subscription_id", state.subscriptionId()))
        .value(value)
        .build();
  }
}
