package io.busyhour.projection.windows.sliding;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * What happened within one step of a window: counts, and the values of which quantiles are asked.
 * Adding and taking away are each other's opposite, so corrections leave no trace.
 */
public final class Bucket {
  private static final char AMOUNT = '$';

  private final long[] counts;
  private BigDecimal[] amounts = {};
  private final ValueCounts values = new ValueCounts();
  private BigDecimal sum = BigDecimal.ZERO;

  /** An empty one with so many counts. */
  public Bucket(int counts) {
    this.counts = new long[counts];
  }

  /** Adds a sample, or takes it away with -1. */
  public void add(Sample sample, int sign) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += sign * sample.counts().get(i);
    }
    for (int i = 0; i < sample.amounts().size(); i++) {
      BigDecimal amount = sample.amounts().get(i);
      addAmount(i, sign > 0 ? amount : amount.negate());
    }
    if (sample.value() != null) {
      BigDecimal value = BigDecimal.valueOf(sample.value());
      sum = sign > 0 ? sum.add(value) : sum.subtract(value);
      values.add(Quantiles.index(sample.value()), sign);
    }
  }

  private void addAmount(int i, BigDecimal amount) {
    if (i >= amounts.length) {
      int known = amounts.length;
      amounts = Arrays.copyOf(amounts, i + 1);
      Arrays.fill(amounts, known, i + 1, BigDecimal.ZERO);
    }
    amounts[i] = amounts[i].add(amount);
  }

  /** Adds all of another bucket. */
  public void add(Bucket other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    for (int i = 0; i < other.amounts.length; i++) {
      addAmount(i, other.amounts[i]);
    }
    sum = sum.add(other.sum);
    values.add(other.values);
  }

  /** One of the counts. */
  public long count(int i) {
    return counts[i];
  }

  /** The exact sum of one of the amounts. */
  public BigDecimal amount(int i) {
    return i < amounts.length ? amounts[i] : BigDecimal.ZERO;
  }

  /** The exact sum of the values. */
  public BigDecimal sum() {
    return sum;
  }

  /** How many values there are. */
  public long values() {
    return values.total();
  }

  /** The value below which this share of the values is, to 1 %. */
  public double quantile(double share) {
    return Quantiles.value(values.quantile(share));
  }

  boolean isEmpty() {
    return values.isEmpty() && Arrays.stream(counts).allMatch(n -> n == 0);
  }

  /** All of it as text. */
  public String state() {
    StringBuilder out = new StringBuilder();
    for (long count : counts) {
      out.append(count).append(' ');
    }
    out.append(sum.toPlainString());
    for (BigDecimal amount : amounts) {
      out.append(' ').append(AMOUNT).append(amount.stripTrailingZeros().toPlainString());
    }
    values.write(out);
    return out.toString();
  }

  /** Reads a text that {@link #state} made of a bucket with so many counts. */
  public static Bucket parse(int counts, String state) {
    Bucket bucket = new Bucket(counts);
    bucket.readValues(state, bucket.readHead(state));
    return bucket;
  }

  /** As {@link #parse}, without the values of which quantiles are asked; it is much faster. */
  public static Bucket parseWithoutValues(int counts, String state) {
    Bucket bucket = new Bucket(counts);
    bucket.readHead(state);
    return bucket;
  }

  /** Reads counts and sums; returns where the values begin. */
  private int readHead(String state) {
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      int end = end(state, at);
      counts[i] = Long.parseLong(state, at, end, 10);
      at = end + 1;
    }
    sum = new BigDecimal(state.substring(at, end(state, at)));
    at = end(state, at) + 1;
    for (int i = 0; at < state.length() && state.charAt(at) == AMOUNT; i++) {
      addAmount(i, new BigDecimal(state.substring(at + 1, end(state, at))));
      at = end(state, at) + 1;
    }
    return at;
  }

  private void readValues(String state, int from) {
    int at = from;
    while (at < state.length()) {
      int colon = state.indexOf(':', at);
      int end = end(state, at);
      values.add(Integer.parseInt(state, at, colon, 10), Long.parseLong(state, colon + 1, end, 10));
      at = end + 1;
    }
  }

  private static int end(String state, int from) {
    int space = state.indexOf(' ', from);
    return space < 0 ? state.length() : space;
  }
}
