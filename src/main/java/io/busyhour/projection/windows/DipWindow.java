package io.busyhour.projection.windows;

import io.busyhour.event.Occurrence;
import io.busyhour.event.PlatformEvent.DipQuery;
import io.busyhour.event.PlatformEvent.DipType;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.windows.sliding.Placed;
import io.busyhour.projection.windows.sliding.Ratio;
import io.busyhour.projection.windows.sliding.Sample;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many look-ups the cache answered, of those that say whether it did. */
final class DipWindow implements Window {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Map<String, Duration> SHOWN =
      Map.of("5m", Duration.ofMinutes(5), "1h", Duration.ofHours(1));
  // All types have their place, whatever the limit of other families is, and nothing is folded.
  private static final int LIMIT = DipType.values().length + 1;
  private static final int ALL = 0;
  private static final int HITS = 1;

  private final SlidingWindow window =
      new SlidingWindow("dips", Duration.ofHours(1), STEP, 2, LIMIT);
  private final Clock clock;

  DipWindow(Meters meters, Clock clock) {
    this.clock = clock;
    meters.computed(
        Set.of("warp_dip_cache_hit_ratio", "warp_dip_cache_hit_ratio_samples"),
        () -> hits().both());
  }

  @Override
  public List<SlidingWindow> windows() {
    return List.of(window);
  }

  @Override
  public void on(Occurrence occurrence, Instant now, WindowStore store) {
    if (occurrence.event() instanceof DipQuery said && said.cacheHit() != null) {
      Sample sample = Sample.counts(1, said.cacheHit() ? 1 : 0);
      String dipType = Words.of(said.dipType());
      store.move(window, null, Placed.at(occurrence.time(), sample, dipType), now);
    }
  }

  private Ratio hits() {
    Ratio ratio = new Ratio("warp_dip_cache_hit_ratio", "Look-ups that the cache answered, 0..1.");
    ratio.addShares(window, clock.instant(), SHOWN, "dip_type", HITS, ALL);
    return ratio;
  }
}
