package io.busyhour.projection.windows;

import io.busyhour.event.Outcome;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Success of each campaign's calls that ended in the last hour. */
final class CampaignWindow {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int ENDED = 0;
  private static final int SUCCESS = 1;

  private final SlidingWindow window;
  private final Clock clock;

  CampaignWindow(Meters meters, int limit, Clock clock) {
    this.clock = clock;
    window = new SlidingWindow("campaign", HOUR, Duration.ofMinutes(1), 2, limit);
    meters.computed("campaign_success_rate", () -> rate().ratio());
    meters.computed("campaign_success_rate_samples", () -> rate().samples());
  }

  SlidingWindow window() {
    return window;
  }

  void on(CallChange change, Instant now, WindowStore store) {
    if (!same(change.before(), change.after())) {
      add(change.before(), now, -1, store);
      add(change.after(), now, 1, store);
    }
  }

  private static boolean same(CallRecord before, CallRecord after) {
    return before != null
        && before.end().outcome() == after.end().outcome()
        && before.end().reaped() == after.end().reaped()
        && Objects.equals(before.times().ended(), after.times().ended())
        && Objects.equals(before.beginning().campaignId(), after.beginning().campaignId());
  }

  private void add(CallRecord call, Instant now, int sign, WindowStore store) {
    if (call == null || !call.isEndedForReal() || call.beginning().campaignId() == null) {
      return;
    }
    Sample sample = Sample.counts(1, call.end().outcome() == Outcome.COMPLETED ? 1 : 0);
    List<String> labels = List.of(call.beginning().campaignId());
    store.changed(window, window.add(labels, call.times().ended(), now, sample, sign));
  }

  private Ratio rate() {
    Ratio ratio =
        new Ratio(
            "campaign_success_rate", "Success of a campaign's calls ended in the last hour, 0..1.");
    window.sums(
        clock.instant(),
        HOUR,
        (labels, sum) ->
            ratio.add(
                Labels.of("campaign_id", labels.getFirst()),
                sum.count(SUCCESS),
                sum.count(ENDED),
                1));
    return ratio;
  }
}
