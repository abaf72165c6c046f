package io.busyhour.projection.windows;

import io.busyhour.event.CallEvent.Direction;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.MessageChange;
import io.busyhour.projection.change.MessageRecord;
import io.busyhour.projection.change.MessageRecord.Beginning;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Messages that each registered campaign and brand (10DLC) sent within the last minute. */
final class ThroughputWindow {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MESSAGES = 0;

  private final SlidingWindow window;
  private final Clock clock;

  ThroughputWindow(Meters meters, int limit, Clock clock) {
    this.clock = clock;
    window = new SlidingWindow("throughput", MINUTE, Duration.ofSeconds(1), 1, limit);
    meters.computed("warp_10dlc_throughput_per_second", this::throughput);
  }

  SlidingWindow window() {
    return window;
  }

  void on(MessageChange change, Instant now, WindowStore store) {
    if (!same(change.before(), change.after())) {
      add(change.before(), now, -1, store);
      add(change.after(), now, 1, store);
    }
  }

  private static boolean same(MessageRecord before, MessageRecord after) {
    return before != null
        && before.beginning().equals(after.beginning())
        && Objects.equals(before.times().begun(), after.times().begun());
  }

  private void add(MessageRecord message, Instant now, int sign, WindowStore store) {
    if (message == null || message.times().begun() == null || !isOfCampaign(message.beginning())) {
      return;
    }
    Beginning b = message.beginning();
    List<String> labels = List.of(orEmpty(b.account()), orEmpty(b.campaign()), orEmpty(b.brand()));
    Instant begun = message.times().begun();
    store.changed(window, window.add(labels, begun, now, Sample.counts(1), sign));
  }

  private static boolean isOfCampaign(Beginning b) {
    return b.direction() != Direction.INBOUND && (b.campaign() != null || b.brand() != null);
  }

  private static String orEmpty(String label) {
    return Objects.requireNonNullElse(label, "");
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
