package io.busyhour.projection.windows.sliding;

import io.busyhour.instrument.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Samples of the last while, by label values and by the time at which they happened, in buckets of
 * one step. Memory is bounded: label sets by the limit, buckets by horizon / step for each. Changed
 * by the projection's thread, read while it is held still.
 */
public final class SlidingWindow {

  /** Where a bucket belongs. */
  record BucketKey(List<String> labels, long startSecond) {}

  private final String name;
  private final long horizon;
  private final long step;
  private final int counts;
  private final int limit;
  private final Map<List<String>, TreeMap<Long, Bucket>> series = new HashMap<>();
  private long newest;

  /**
   * An empty one.
   *
   * @param name under which it is stored; it must never change
   * @param horizon how far back it goes
   * @param step how long a bucket is
   * @param counts how many counts its samples have
   * @param limit the most label sets; what exceeds them is folded
   */
  public SlidingWindow(String name, Duration horizon, Duration step, int counts, int limit) {
    this.name = name;
    this.horizon = horizon.toSeconds();
    this.step = step.toSeconds();
    this.counts = counts;
    this.limit = limit;
  }

  String name() {
    return name;
  }

  /**
   * Adds a sample that happened at a time, or takes it away with -1.
   *
   * @return the bucket that changed, or null if the time is over the horizon
   */
  BucketKey add(List<String> labels, Instant time, Instant now, Sample sample, int sign) {
    advance(now.getEpochSecond());
    long start = Math.floorDiv(time.getEpochSecond(), step) * step;
    if (start <= newest - horizon) {
      return null;
    }
    List<String> governed = sign > 0 ? governed(labels) : holder(labels, start);
    series
        .computeIfAbsent(governed, l -> new TreeMap<>())
        .computeIfAbsent(start, s -> new Bucket(counts))
        .add(sample, sign);
    return new BucketKey(governed, start);
  }

  private List<String> governed(List<String> labels) {
    // One place is kept for those that are folded.
    if (labels.isEmpty() || series.containsKey(labels) || series.size() < limit - 1) {
      return labels;
    }
    return folded(labels);
  }

  private static List<String> folded(List<String> labels) {
    return labels.stream().map(l -> Meters.OTHER).toList();
  }

  /** Where a sample that is taken away stands: it may have been folded when it came. */
  private List<String> holder(List<String> labels, long start) {
    Bucket own = bucket(new BucketKey(labels, start));
    return own != null && own.count(0) > 0 ? labels : folded(labels);
  }

  /** Drops what the newest time has left behind. */
  private void advance(long now) {
    if (now / step > newest / step) {
      long gone = now - horizon;
      series
          .values()
          .removeIf(
              buckets -> {
                buckets.headMap(gone, true).clear();
                return buckets.isEmpty();
              });
    }
    newest = Math.max(newest, now);
  }

  /** The start of the oldest bucket that still matters. */
  long oldest() {
    return newest - horizon;
  }

  Bucket bucket(BucketKey key) {
    NavigableMap<Long, Bucket> buckets = series.get(key.labels());
    return buckets == null ? null : buckets.get(key.startSecond());
  }

  void restore(BucketKey key, String state) {
    series
        .computeIfAbsent(key.labels(), l -> new TreeMap<>())
        .put(key.startSecond(), Bucket.parse(counts, state));
  }

  void clear() {
    series.clear();
    newest = 0;
  }

  /** Gives, for each label set with samples within the last while before now, their sum. */
  public void sums(Instant now, Duration window, BiConsumer<List<String>, Bucket> each) {
    long end = now.getEpochSecond();
    long start = end - window.toSeconds();
    series.forEach(
        (labels, buckets) -> {
          Bucket sum = new Bucket(counts);
          buckets.subMap(start, false, end, true).values().forEach(sum::add);
          if (!sum.isEmpty()) {
            each.accept(labels, sum);
          }
        });
  }
}
