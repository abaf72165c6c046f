package io.busyhour.projection.meters;

import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.DeliveryChange;
import io.busyhour.projection.change.MessageChange;
import io.busyhour.projection.change.TimerChange;
import java.sql.Connection;
import java.time.Duration;

/** How late events come, and what came too late for the counters. */
public final class JournalFold implements Fold {
  private final HistogramFamily delay;
  private final CounterFamily corrections;

  /** Registers the families. */
  public JournalFold(Meters meters) {
    delay =
        meters.histogram(
            "busyhour_ingest_delay_seconds",
            "From when an event happened to when it was received.",
            new double[] {0.1, 0.5, 1, 5, 15, 60, 300, 3600},
            "source");
    corrections =
        meters.counter(
            "busyhour_corrections_total",
            "Facts that changed after they had been counted; rows and windows follow.",
            "what");
  }

  /** All series are there from the first moment, so that rate() sees their first increment. */
  @Override
  public void restore(Connection transaction) {
    keep(CallChange.Correction.values());
    keep(MessageChange.Correction.values());
    keep(TimerChange.Correction.values());
    keep(DeliveryChange.Correction.values());
  }

  private void keep(Enum<?>... what) {
    for (Enum<?> correction : what) {
      corrections.keep(Words.of(correction));
    }
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    Duration late = Duration.between(occurrence.time(), entry.receivedAt());
    // A sender's clock may be ahead of ours: what has not happened yet is not late.
    double seconds = late.isNegative() ? 0 : late.toNanos() / 1e9;
    delay.observe(seconds, entry.delivery().key().source());
  }

  @Override
  public void on(Change change) {
    for (Enum<?> correction : change.corrections()) {
      corrections.add(1, Words.of(correction));
    }
  }
}
