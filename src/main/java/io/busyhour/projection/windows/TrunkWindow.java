package io.busyhour.projection.windows;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.field.Words;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * ASR, ACD and NER of ITU-T E.425, and the share of short calls, by account and trunk: of the calls
 * that ended in the last 5 minutes (to 10 s), hour (to 10 s) and 24 hours (to 5 minutes). A call
 * that still runs is in none of them. A label set takes at most 360 + 288 buckets of about 100
 * bytes.
 */
final class TrunkWindow implements Window {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofHours(24);
  private static final double MICROS = 1e6;

  private static final int ATTEMPTS = 0;
  private static final int ANSWERED = 1;
  private static final int EFFECTIVE = 2;
  private static final int TIMED = 3;
  private static final int SHORT = 4;
  private static final int TALK_MICROS = 5;
  private static final int COUNTS = 6;

  private final SlidingWindow hour;
  private final SlidingWindow day;
  private final Clock clock;

  TrunkWindow(Meters meters, int limit, Clock clock) {
    this.clock = clock;
    hour = new SlidingWindow("trunk_hour", HOUR, Duration.ofSeconds(10), COUNTS, limit);
    day = new SlidingWindow("trunk_day", DAY, Duration.ofMinutes(5), COUNTS, limit);
    meters.computed(
        Set.of(
            "warp_asr_ratio",
            "warp_asr_attempts",
            "warp_acd_seconds",
            "warp_acd_seconds_samples",
            "warp_ner_ratio",
            "warp_short_call_ratio",
            "warp_short_call_ratio_samples"),
        this::ratios);
  }

  @Override
  public List<SlidingWindow> windows() {
    return List.of(hour, day);
  }

  @Override
  public void on(Change changed, Instant now, WindowStore store) {
    if (changed instanceof CallChange change) {
      Placed before = placed(change.before());
      Placed after = placed(change.after());
      store.move(hour, before, after, now);
      store.move(day, before, after, now);
    }
  }

  private static Placed placed(CallRecord call) {
    if (call == null || !call.isEndedForReal()) {
      return null;
    }
    boolean answered = call.isAnswered();
    Double talk = answered ? call.talkSeconds() : null;
    Sample sample =
        Sample.counts(
            1,
            answered ? 1 : 0,
            call.isEffective() ? 1 : 0,
            talk == null ? 0 : 1,
            talk != null && talk < CallRecord.SHORT_SECONDS ? 1 : 0,
            talk == null ? 0 : Math.round(talk * MICROS));
    Beginning b = call.beginning();
    String zone = b.zone() == null ? null : Words.of(b.zone());
    return Placed.at(call.times().ended(), sample, b.account(), b.trunk(), b.provider(), zone);
  }

  private List<MetricSnapshot> ratios() {
    Gauges gauges = new Gauges();
    Instant now = clock.instant();
    add(gauges, hour, now, Duration.ofMinutes(5), "5m");
    add(gauges, hour, now, HOUR, "1h");
    add(gauges, day, now, DAY, "24h");
    return gauges.all();
  }

  private static void add(
      Gauges gauges, SlidingWindow window, Instant now, Duration length, String name) {
    Map<List<String>, Bucket> byProvider = new TreeMap<>(TrunkWindow::inOrder);
    Map<List<String>, Bucket> byTrunk = new TreeMap<>(TrunkWindow::inOrder);
    window.sums(
        now,
        length,
        (labels, sum) -> {
          gauges.addRoute(labels, sum, name);
          byProvider.computeIfAbsent(labels.subList(0, 3), l -> new Bucket(COUNTS)).add(sum);
          byTrunk.computeIfAbsent(labels.subList(0, 2), l -> new Bucket(COUNTS)).add(sum);
        });
    byProvider.forEach((labels, sum) -> gauges.addProvider(labels, sum, name));
    byTrunk.forEach((labels, sum) -> gauges.addTrunk(labels, sum, name));
  }

  private static int inOrder(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The families of one scrape. */
  private static final class Gauges {
    private final Ratio asr =
        new Ratio(
            "warp_asr_ratio",
            "warp_asr_attempts",
            "Answer-seizure ratio (ITU-T E.425): answered of the calls that ended, 0..1.");
    private final Ratio acd =
        new Ratio("warp_acd_seconds", "Average talk time of the answered calls that ended.");
    private final Ratio ner =
        new Ratio(
            "warp_ner_ratio",
            "Network effectiveness ratio (ITU-T E.425): answered, busy, rung without an answer or"
                + " rejected of the calls that ended, 0..1.");
    private final Ratio shortCalls =
        new Ratio(
            "warp_short_call_ratio", "Answered calls shorter than the threshold, of those, 0..1.");

    void addRoute(List<String> l, Bucket sum, String window) {
      Labels labels =
          Labels.of(
              "account",
              l.get(0),
              "trunk",
              l.get(1),
              "provider",
              l.get(2),
              "zone",
              l.get(3),
              "window",
              window);
      asr.add(labels, sum.count(ANSWERED), sum.count(ATTEMPTS));
      acd.add(labels, sum.count(TALK_MICROS) / (MICROS * sum.count(TIMED)), sum.count(TIMED));
    }

    void addProvider(List<String> l, Bucket sum, String window) {
      Labels labels =
          Labels.of("account", l.get(0), "trunk", l.get(1), "provider", l.get(2), "window", window);
      ner.add(labels, sum.count(EFFECTIVE), sum.count(ATTEMPTS));
    }

    void addTrunk(List<String> l, Bucket sum, String window) {
      Labels labels =
          Labels.of(
              "account",
              l.get(0),
              "trunk",
              l.get(1),
              "threshold_seconds",
              Long.toString((long) CallRecord.SHORT_SECONDS),
              "window",
              window);
      shortCalls.add(labels, sum.count(SHORT), sum.count(TIMED));
    }

    List<MetricSnapshot> all() {
      List<MetricSnapshot> all = new ArrayList<>(asr.both());
      all.addAll(acd.both());
      all.addAll(shortCalls.both());
      all.add(ner.ratio());
      return all;
    }
  }
}
