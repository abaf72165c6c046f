package io.busyhour.projection.meters.calls;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.Meters.CounterFamily;
import io.busyhour.instrument.Meters.Exemplar;
import io.busyhour.instrument.Meters.HistogramFamily;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.Change;
import java.sql.Connection;

/** The counters of the {@code voice_*} families: calls of all sources together. */
public final class VoiceFold implements Fold {
  private final CounterFamily calls;
  private final CounterFamily byStatus;
  private final CounterFamily byType;
  private final CounterFamily reaped;
  private final HistogramFamily latency;

  /** Registers the families. */
  public VoiceFold(Meters meters) {
    calls = meters.counter("voice_calls_total", "All calls ever started.");
    byStatus =
        meters.counter("voice_calls_by_status_total", "Ended calls by final state.", "status");
    byType = meters.counter("voice_calls_by_type_total", "Calls, inbound and outbound.", "type");
    reaped = meters.counter("voice_calls_reaped_total", "Calls that the stale-call reaper ended.");
    latency =
        meters.histogram(
            "voice_latency_seconds",
            "How long voice agents took.",
            new double[] {0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10},
            "event_type");
  }

  /** All series are there from the first moment, so that rate() sees their first increment. */
  @Override
  public void restore(Connection transaction) {
    calls.keep();
    reaped.keep();
    for (Outcome outcome : Outcome.values()) {
      byStatus.keep(Words.of(outcome));
    }
    for (CallEvent.Direction direction : CallEvent.Direction.values()) {
      byType.keep(Words.of(direction));
    }
  }

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    if (occurrence.event() instanceof CallEvent.Latency said) {
      latency.observe(
          said.durationMs() / 1000,
          new Exemplar("call_id", said.callId(), occurrence.time()),
          Words.of(said.eventType()));
    }
  }

  @Override
  public void on(Change changed) {
    if (!(changed instanceof CallChange change)) {
      return;
    }
    if (change.before() == null) {
      calls.add(1);
    }
    if (change.counted().contains(Contribution.TYPE)) {
      byType.add(1, Words.of(change.after().beginning().direction()));
    }
    if (change.counted().contains(Contribution.END)) {
      byStatus.add(1, Words.of(change.after().end().outcome()));
      if (change.after().end().reaped()) {
        reaped.add(1);
      }
    }
  }
}
