package io.busyhour.projection.windows.sliding;

import java.util.Arrays;

/**
 * How often values of each index were seen, in the order of the indexes. Two arrays, and not a
 * tree, as most are read, summed and thrown away. Counts may be below 0 where more is taken away
 * than is there yet.
 */
final class ValueCounts {
  private static final int FIRST = 8;

  private int[] indexes = {};
  private long[] counts = {};
  private int size;
  private long total;

  /** How many values there are. */
  long total() {
    return total;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds so many values of an index, or takes them away. */
  void add(int index, long n) {
    total += n;
    int at =
        size > 0 && indexes[size - 1] < index
            ? -size - 1
            : Arrays.binarySearch(indexes, 0, size, index);
    if (at < 0) {
      insert(-at - 1, index, n);
    } else if (counts[at] + n == 0) {
      size--;
      System.arraycopy(indexes, at + 1, indexes, at, size - at);
      System.arraycopy(counts, at + 1, counts, at, size - at);
    } else {
      counts[at] += n;
    }
  }

  private void insert(int at, int index, long n) {
    if (size == indexes.length) {
      int more = Math.max(FIRST, 2 * size);
      indexes = Arrays.copyOf(indexes, more);
      counts = Arrays.copyOf(counts, more);
    }
    System.arraycopy(indexes, at, indexes, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    indexes[at] = index;
    counts[at] = n;
    size++;
  }

  /** Adds all of others, in one pass over both. */
  void add(ValueCounts others) {
    if (others.size == 0) {
      return;
    }
    int[] bothIndexes = new int[size + others.size];
    long[] bothCounts = new long[bothIndexes.length];
    int own = 0;
    int other = 0;
    int both = 0;
    while (own < size || other < others.size) {
      boolean isOwn = other == others.size || (own < size && indexes[own] <= others.indexes[other]);
      int index = isOwn ? indexes[own] : others.indexes[other];
      long n = isOwn ? counts[own++] : 0;
      if (other < others.size && others.indexes[other] == index) {
        n += others.counts[other++];
      }
      if (n != 0) {
        bothIndexes[both] = index;
        bothCounts[both++] = n;
      }
    }
    indexes = bothIndexes;
    counts = bothCounts;
    size = both;
    total += others.total;
  }

  /** The index of the value that has this share of the others below it; there must be a value. */
  int quantile(double share) {
    double rank = share * (total - 1);
    long below = 0;
    for (int i = 0; i < size; i++) {
      below += counts[i];
      if (below > rank) {
        return indexes[i];
      }
    }
    throw new IllegalStateException("a quantile of nothing");
  }

  /** Writes {@code index:count}, each after a space. */
  void write(StringBuilder out) {
    for (int i = 0; i < size; i++) {
      out.append(' ').append(indexes[i]).append(':').append(counts[i]);
    }
  }
}
