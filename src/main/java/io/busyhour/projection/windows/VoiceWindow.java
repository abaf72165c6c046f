package io.busyhour.projection.windows;

import io.busyhour.event.Outcome;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.windows.sliding.Bucket;
import io.busyhour.projection.windows.sliding.Placed;
import io.busyhour.projection.windows.sliding.Ratio;
import io.busyhour.projection.windows.sliding.Sample;
import io.busyhour.projection.windows.sliding.SlidingWindow;
import io.busyhour.projection.windows.sliding.Window;
import io.busyhour.projection.windows.sliding.WindowStore;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Success rate, transcript rate and talk time of all calls that ended in the last 24 hours. */
final class VoiceWindow implements Window {
  private static final Duration DAY = Duration.ofHours(24);
  private static final int ENDED = 0;
  private static final int COMPLETED = 1;
  private static final int TRANSCRIPT_KNOWN = 2;
  private static final int TRANSCRIPT = 3;
  private static final double PERCENT = 100;
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  private final SlidingWindow window = new SlidingWindow("voice", DAY, Duration.ofMinutes(5), 4, 1);
  private final Clock clock;

  VoiceWindow(Meters meters, Clock clock) {
    this.clock = clock;
    meters.computed(
        Set.of(
            "voice_calls_success_rate",
            "voice_calls_success_rate_samples",
            "voice_transcript_rate",
            "voice_transcript_rate_samples",
            "voice_call_duration_seconds"),
        this::all);
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
    if (call == null || !call.isEndedForReal()) {
      return null;
    }
    boolean completed = call.end().outcome() == Outcome.COMPLETED;
    Boolean transcript = call.end().hasTranscript();
    Sample sample =
        Sample.counts(
                1,
                completed ? 1 : 0,
                transcript != null ? 1 : 0,
                Boolean.TRUE.equals(transcript) ? 1 : 0)
            .withValue(completed ? call.talkSeconds() : null);
    return Placed.at(call.times().ended(), sample);
  }

  private List<MetricSnapshot> all() {
    Bucket day = day();
    List<MetricSnapshot> all = new ArrayList<>(success(day).both());
    all.addAll(transcripts(day).both());
    all.add(durations(day));
    return all;
  }

  private Bucket day() {
    Bucket sum = new Bucket(4);
    window.sums(clock.instant(), DAY, (labels, bucket) -> sum.add(bucket));
    return sum;
  }

  private static Ratio success(Bucket day) {
    Ratio ratio =
        new Ratio(
            "voice_calls_success_rate", "Completed of the calls ended in the last 24 h, percent.");
    ratio.add(Labels.EMPTY, PERCENT * day.count(COMPLETED) / day.count(ENDED), day.count(ENDED));
    return ratio;
  }

  /** Of the calls whose sender says whether there is a transcript: silence is not a no. */
  private static Ratio transcripts(Bucket day) {
    Ratio ratio =
        new Ratio(
            "voice_transcript_rate",
            "Calls ended in the last 24 h that have a transcript, percent of those that say so.");
    long known = day.count(TRANSCRIPT_KNOWN);
    ratio.add(Labels.EMPTY, PERCENT * day.count(TRANSCRIPT) / known, known);
    return ratio;
  }

  private static MetricSnapshot durations(Bucket day) {
    SummarySnapshot.Builder family =
        SummarySnapshot.builder()
            .name("voice_call_duration_seconds")
            .help("Talk time of the calls completed in the last 24 h.");
    if (day.values() > 0) {
      Quantile[] quantiles = new Quantile[QUANTILES.length];
      for (int i = 0; i < quantiles.length; i++) {
        quantiles[i] = new Quantile(QUANTILES[i], day.quantile(QUANTILES[i]));
      }
      family.dataPoint(
          SummaryDataPointSnapshot.builder()
              .count(day.values())
              .sum(day.sum().doubleValue())
              .quantiles(Quantiles.of(quantiles))
              .build());
    }
    return family.build();
  }
}
