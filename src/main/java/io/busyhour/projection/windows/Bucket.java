package io.busyhour.projection.windows;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened within one step of a window: counts, and the values of which quantiles are asked.
 * Adding and taking away are each other's opposite, so corrections leave no trace.
 */
final class Bucket {
  private final long[] counts;
  private final TreeMap<Integer, Long> values = new TreeMap<>();
  private BigDecimal sum = BigDecimal.ZERO;

  Bucket(int counts) {
    this.counts = new long[counts];
  }

  /** Adds a sample, or takes it away with -1. */
  void add(Sample sample, int sign) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += sign * sample.counts().get(i);
    }
    if (sample.value() != null) {
      BigDecimal value = BigDecimal.valueOf(sample.value());
      sum = sign > 0 ? sum.add(value) : sum.subtract(value);
      add(Quantiles.index(sample.value()), sign);
    }
  }

  private void add(int index, long n) {
    values.merge(index, n, (held, more) -> held + more == 0 ? null : Long.valueOf(held + more));
  }

  /** Adds all of another bucket. */
  void add(Bucket other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    sum = sum.add(other.sum);
    other.values.forEach(this::add);
  }

  long count(int i) {
    return counts[i];
  }

  BigDecimal sum() {
    return sum;
  }

  /** How many values there are. */
  long values() {
    return values.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The value below which this share of the values is, to 1 %. */
  double quantile(double share) {
    return Quantiles.of(values, values(), share);
  }

  boolean isEmpty() {
    return values.isEmpty() && Arrays.stream(counts).allMatch(n -> n == 0);
  }

  String state() {
    StringBuilder out = new StringBuilder();
    for (long count : counts) {
      out.append(count).append(' ');
    }
    out.append(sum.toPlainString());
    for (Map.Entry<Integer, Long> value : values.entrySet()) {
      out.append(' ').append(value.getKey()).append(':').append(value.getValue());
    }
    return out.toString();
  }

  static Bucket parse(int counts, String state) {
    Bucket bucket = new Bucket(counts);
    String[] words = state.split(" ", -1);
    for (int i = 0; i < counts; i++) {
      bucket.counts[i] = Long.parseLong(words[i]);
    }
    bucket.sum = new BigDecimal(words[counts]);
    for (int i = counts + 1; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      bucket.values.put(
          Integer.valueOf(words[i].substring(0, colon)),
          Long.valueOf(words[i].substring(colon + 1)));
    }
    return bucket;
  }
}
