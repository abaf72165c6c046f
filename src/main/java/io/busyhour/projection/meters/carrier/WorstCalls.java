package io.busyhour.projection.meters.carrier;

import io.busyhour.event.CallEvent.Quality;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.change.QualityChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The worst calls of the last hour by each measure, at most 1,000 of each, in memory: a restart
 * begins anew. A call that was reported more than once is there with its worst value. For any
 * thread.
 */
public final class WorstCalls implements Fold {
  private static final Duration RECENT = Duration.ofHours(1);
  private static final int MOST = 1_000;

  /** What a call can be bad by. */
  public enum Measure {
    /** Mean opinion score, 1..5: the less the worse. */
    MOS,
    /** Interarrival jitter in milliseconds. */
    JITTER,
    /** Share of packets lost, 0..1. */
    LOSS,
    /** Post-dial delay in milliseconds. */
    PDD
  }

  /**
   * A call and how bad it was.
   *
   * @param value in the measure's unit
   * @param time when that was measured
   */
  public record Worst(String callId, String account, String trunk, double value, Instant time) {}

  private static final class Ranking {
    private final Comparator<Worst> worstFirst;
    private final NavigableSet<Worst> ranked;
    private final Map<String, Worst> byCall = new HashMap<>();

    Ranking(Measure measure) {
      Comparator<Worst> byValue = Comparator.comparingDouble(Worst::value);
      worstFirst =
          (measure == Measure.MOS ? byValue : byValue.reversed()).thenComparing(Worst::callId);
      ranked = new TreeSet<>(worstFirst);
    }

    void add(Worst call) {
      Worst known = byCall.get(call.callId());
      if (known != null && worstFirst.compare(known, call) <= 0) {
        return;
      }
      remove(known);
      byCall.put(call.callId(), call);
      ranked.add(call);
      if (ranked.size() > MOST) {
        remove(ranked.last());
      }
    }

    private void remove(Worst call) {
      if (call != null) {
        byCall.remove(call.callId());
        ranked.remove(call);
      }
    }

    List<Worst> since(Instant oldest, int limit) {
      List<Worst> gone = ranked.stream().filter(c -> c.time().isBefore(oldest)).toList();
      gone.forEach(this::remove);
      return ranked.stream().limit(limit).toList();
    }
  }

  private final InstantSource clock;
  private final Map<Measure, Ranking> rankings = new EnumMap<>(Measure.class);

  /** No calls yet. */
  public WorstCalls(InstantSource clock) {
    this.clock = clock;
    for (Measure measure : Measure.values()) {
      rankings.put(measure, new Ranking(measure));
    }
  }

  /** The worst calls of the last hour, the worst first. */
  public synchronized List<Worst> worst(Measure by, int limit) {
    return rankings.get(by).since(clock.instant().minus(RECENT), limit);
  }

  @Override
  public void on(Change change) {
    switch (change) {
      case QualityChange quality -> on(quality);
      case CallChange call when call.counted().contains(Contribution.PDD) ->
          add(Measure.PDD, call.after(), call.after().postDialDelayMs(), ringing(call.after()));
      default -> {
        // Tells nothing of how good a call is.
      }
    }
  }

  private void on(QualityChange change) {
    Quality quality = change.quality();
    add(Measure.MOS, change.call(), quality.mos(), change.time());
    add(Measure.JITTER, change.call(), quality.jitterMs(), change.time());
    add(Measure.LOSS, change.call(), quality.packetLoss(), change.time());
  }

  private static Instant ringing(CallRecord call) {
    return call.times().ringing() != null ? call.times().ringing() : call.times().lastEvent();
  }

  private synchronized void add(Measure by, CallRecord call, Double value, Instant time) {
    if (value != null && !time.isBefore(clock.instant().minus(RECENT))) {
      String account = call.beginning().account();
      String trunk = call.beginning().trunk();
      rankings.get(by).add(new Worst(call.callId(), account, trunk, value, time));
    }
  }
}
