package io.busyhour.instrument;

import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Arrays;

/**
 * The buckets of one native histogram (Prometheus, native histograms, standard exponential
 * schemas): bucket i of schema s holds values up to 2^(i * 2^-s). It starts with eight buckets for
 * each doubling and halves the resolution when more than 160 are in use. As buckets only ever come
 * into use, the schema reached depends on the set of values and not on their order.
 */
final class NativeBuckets {
  /** A width of 9 %, what Prometheus' documentation recommends as a factor of 1.1. */
  static final int FINEST = 3;

  static final int COARSEST = -4;
  static final int MOST = 160;

  /** Values this near to 0 are in no bucket but the zero bucket: 2^-128, as in Prometheus. */
  static final double ZERO_THRESHOLD = 0x1p-128;

  /** Upper bounds of the finest schema between 1/2 and 1; StrictMath is the same everywhere. */
  private static final double[] BOUNDS = new double[1 << FINEST];

  static {
    for (int i = 0; i < BOUNDS.length; i++) {
      BOUNDS[i] = StrictMath.pow(2, (i - BOUNDS.length) / (double) BOUNDS.length);
    }
  }

  private int schema = FINEST;
  private long zero;
  private Side positive = new Side();
  private Side negative = Side.NONE;

  void observe(double value, long times) {
    if (Math.abs(value) <= ZERO_THRESHOLD) {
      zero += times;
    } else if (value > 0) {
      positive.add(coarser(finestIndex(value), FINEST - schema), times);
    } else {
      if (negative == Side.NONE) {
        negative = new Side();
      }
      negative.add(coarser(finestIndex(-value), FINEST - schema), times);
    }
    while (positive.size + negative.size > MOST && schema > COARSEST) {
      schema--;
      positive = positive.halved();
      negative = negative == Side.NONE ? negative : negative.halved();
    }
  }

  /** The bucket of a positive value in the finest schema, exactly: no logarithm is taken. */
  private static int finestIndex(double value) {
    int exponent = Math.getExponent(value) + 1;
    double fraction = Math.scalb(value, -exponent);
    int i = Arrays.binarySearch(BOUNDS, fraction);
    return (i >= 0 ? i : -i - 1) + (exponent - 1) * BOUNDS.length;
  }

  /** Two neighbours become one bucket with each step: the index is halved and rounded up. */
  private static int coarser(int index, int steps) {
    return -(-index >> steps);
  }

  int schema() {
    return schema;
  }

  long zero() {
    return zero;
  }

  NativeHistogramBuckets positive() {
    return positive.shown();
  }

  NativeHistogramBuckets negative() {
    return negative.shown();
  }

  long count() {
    return zero + positive.total() + negative.total();
  }

  /** Schema, zero count, positive and negative buckets. */
  @Override
  public String toString() {
    return schema + ";" + zero + ";" + positive + ";" + negative;
  }

  /** Reads the four parts that {@link #toString} wrote. */
  static NativeBuckets parse(String schema, String zero, String positive, String negative) {
    NativeBuckets buckets = new NativeBuckets();
    buckets.schema = Integer.parseInt(schema);
    if (buckets.schema < COARSEST || buckets.schema > FINEST) {
      throw new IllegalArgumentException("schema: " + schema + " (expected: -4 to 3)");
    }
    buckets.zero = Long.parseLong(zero);
    buckets.positive = Side.parse(positive);
    buckets.negative = negative.isEmpty() ? Side.NONE : Side.parse(negative);
    return buckets;
  }

  /** Counts by bucket index, rising; small arrays, as most series use few of their buckets. */
  private static final class Side {
    static final Side NONE = new Side();
    private static final int[] NO_INDEXES = {};
    private static final long[] NO_COUNTS = {};

    private int size;
    private int[] indexes = NO_INDEXES;
    private long[] counts = NO_COUNTS;

    void add(int index, long count) {
      int i = Arrays.binarySearch(indexes, 0, size, index);
      if (i >= 0) {
        counts[i] += count;
      } else {
        insert(-i - 1, index, count);
      }
    }

    private void insert(int at, int index, long count) {
      if (size == indexes.length) {
        int capacity = Math.min(Math.max(4, size + (size >> 1)), MOST + 1);
        indexes = Arrays.copyOf(indexes, Math.max(capacity, size + 1));
        counts = Arrays.copyOf(counts, indexes.length);
      }
      System.arraycopy(indexes, at, indexes, at + 1, size - at);
      System.arraycopy(counts, at, counts, at + 1, size - at);
      indexes[at] = index;
      counts[at] = count;
      size++;
    }

    Side halved() {
      Side half = new Side();
      for (int i = 0; i < size; i++) {
        half.add(coarser(indexes[i], 1), counts[i]);
      }
      return half;
    }

    long total() {
      long total = 0;
      for (int i = 0; i < size; i++) {
        total += counts[i];
      }
      return total;
    }

    NativeHistogramBuckets shown() {
      return size == 0
          ? NativeHistogramBuckets.EMPTY
          : NativeHistogramBuckets.of(Arrays.copyOf(indexes, size), Arrays.copyOf(counts, size));
    }

    /** Index and count of each bucket; the index is the distance from the one before. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      int before = 0;
      for (int i = 0; i < size; i++) {
        text.append(i == 0 ? "" : ",").append(indexes[i] - before).append('=').append(counts[i]);
        before = indexes[i];
      }
      return text.toString();
    }

    static Side parse(String text) {
      Side side = new Side();
      int index = 0;
      for (String bucket : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        int equals = bucket.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException(
              "native bucket: \"" + bucket + "\" (expected: distance=count)");
        }
        index += Integer.parseInt(bucket.substring(0, equals));
        side.add(index, Long.parseLong(bucket.substring(equals + 1)));
      }
      return side;
    }
  }
}
