package io.busyhour.projection.meters.dialer;

import io.busyhour.event.LineEvent.Counted;
import io.busyhour.event.LineEvent.DialerCounted;
import io.busyhour.event.LineEvent.DialerTimed;
import io.busyhour.event.LineEvent.Measured;
import io.busyhour.event.LineEvent.Origin;
import io.busyhour.event.LineEvent.Sampled;
import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.GaugeFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.meters.DialerMetrics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What lines of logs measured: a dialer's names are in the families that its events count in, all
 * others in {@code librato_*} by their name.
 */
public final class LineFold implements Fold {
  private static final String[] LABELS = {
    "metric", "account", "campaign", "campaign_type", "caller_session_type", "caller_phone_type"
  };

  /** From a look-up to the longest job. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600
  };

  private final DialerMetrics dialer;
  private final CounterFamily counts;
  private final GaugeFamily samples;
  private final HistogramFamily measures;

  /** Registers the families that are of no dialer. */
  public LineFold(Meters meters, DialerMetrics dialer) {
    this.dialer = dialer;
    counts =
        meters.counter("librato_count_total", "Sums of what log lines count, by name.", LABELS);
    samples = meters.gauge("librato_sample", "The latest that log lines say, by name.", LABELS);
    measures =
        meters.histogram(
            "librato_measure_seconds",
            "What log lines say that took time, by name.",
            BOUNDS,
            LABELS);
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    switch (occurrence.event()) {
      case Counted e -> counts.add(e.amount(), labels(e.metric(), e.origin()));
      case Sampled e ->
          samples.set(e.value(), rank(occurrence.time()), labels(e.metric(), e.origin()));
      case Measured e -> measures.observe(e.seconds(), labels(e.metric(), e.origin()));
      case DialerCounted e -> on(e, e.origin());
      case DialerTimed e -> on(e, e.origin());
      default -> {
        // No line's, or counted with what it is about.
      }
    }
  }

  private static String[] labels(String metric, Origin of) {
    return new String[] {
      metric,
      of.account(),
      of.campaign(),
      of.campaignType(),
      of.callerSessionType(),
      of.callerPhoneType()
    };
  }

  private static long rank(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private void on(DialerCounted said, Origin of) {
    dialer.count(
        said.tally(),
        said.amount(),
        of.account(),
        of.campaign(),
        of.campaignType(),
        of.callerSessionType(),
        of.callerPhoneType());
  }

  private void on(DialerTimed said, Origin of) {
    dialer.answered(
        said.leg(),
        said.result(),
        said.seconds(),
        null,
        of.account(),
        of.campaign(),
        of.campaignType(),
        of.callerSessionType(),
        of.callerPhoneType());
  }
}
