package io.busyhour.projection.windows;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.MessageChange;
import io.busyhour.projection.change.MessageRecord;
import io.busyhour.projection.change.MessageRecord.Beginning;
import io.busyhour.projection.windows.sliding.Placed;
import io.busyhour.projection.windows.sliding.Sample;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Messages that each registered campaign and brand (10DLC) sent within the last minute. */
final class ThroughputWindow implements Window {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MESSAGES = 0;

  private final SlidingWindow window;
  private final Clock clock;

  ThroughputWindow(Meters meters, int limit, Clock clock) {
    this.clock = clock;
    window = new SlidingWindow("throughput", MINUTE, Duration.ofSeconds(1), 1, limit);
    meters.computed("warp_10dlc_throughput_per_second", this::throughput);
  }

  @Override
  public List<SlidingWindow> windows() {
    return List.of(window);
  }

  @Override
  public void on(Change changed, Instant now, WindowStore store) {
    if (changed instanceof MessageChange change) {
      store.move(window, placed(change.before()), placed(change.after()), now);
    }
  }

  private static Placed placed(MessageRecord message) {
    if (message == null || message.times().begun() == null || !isOfCampaign(message.beginning())) {
      return null;
    }
    Beginning b = message.beginning();
    Sample sample = Sample.counts(1);
    return Placed.at(message.times().begun(), sample, b.account(), b.campaign(), b.brand());
  }

  private static boolean isOfCampaign(Beginning b) {
    return b.direction() != Direction.INBOUND && (b.campaign() != null || b.brand() != null);
  }

  private MetricSnapshot throughput() {
    GaugeSnapshot.Builder family =
        GaugeSnapshot.builder()
            .name("warp_10dlc_throughput_per_second")
            .help("Messages of a campaign that began within the last minute, by the second.");
    window.sums(
        clock.instant(),
        MINUTE,
        (labels, sum) ->
            family.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(
                        Labels.of(
                            "account", labels.get(0),
                            "campaign", labels.get(1),
                            "brand", labels.get(2)))
                    .value((double) sum.count(MESSAGES) / MINUTE.toSeconds())
                    .build()));
    return family.build();
  }
}
