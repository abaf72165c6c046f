package io.busyhour.projection.windows;

import io.busyhour.event.Outcome;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.windows.sliding.Placed;
import io.busyhour.projection.windows.sliding.Ratio;
import io.busyhour.projection.windows.sliding.Sample;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Success of each campaign's calls that ended in the last hour. */
final class CampaignWindow implements Window {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int ENDED = 0;
  private static final int SUCCESS = 1;

  private final SlidingWindow window;
  private final Clock clock;

  CampaignWindow(Meters meters, int limit, Clock clock) {
    this.clock = clock;
    window = new SlidingWindow("campaign", HOUR, Duration.ofMinutes(1), 2, limit);
    meters.computed(
        Set.of("campaign_success_rate", "campaign_success_rate_samples"), () -> rate().both());
  }

  @Override
  public List<SlidingWindow> windows() {
    return List.of(window);
  }

  @Override
  public void on(Change changed, Instant now, WindowStore store) {
    if (changed instanceof CallChange change) {
      store.move(window, placed(change.before()), placed(change.after()), now);
    }
  }

  private static Placed placed(CallRecord call) {
    if (call == null || !call.isEndedForReal() || call.beginning().campaignId() == null) {
      return null;
    }
    Sample sample = Sample.counts(1, call.end().outcome() == Outcome.COMPLETED ? 1 : 0);
    return Placed.at(call.times().ended(), sample, call.beginning().campaignId());
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
                Labels.of("campaign_id", labels.getFirst()), sum.count(SUCCESS), sum.count(ENDED)));
    return ratio;
  }
}
