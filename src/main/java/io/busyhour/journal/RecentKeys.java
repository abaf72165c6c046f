package io.busyhour.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Which keys are stored, and where: the newest in memory, the others in a table. Keys are random,
 * so that each alone would have its own page of the table's index to write; here the keys of one
 * 64th of their range are merged into it at a time, sorted, as neighbours on few pages (the idea of
 * O'Neil's log-structured merge tree, 1996).
 *
 * <p>Which keys are in the table follows from the position of the tip alone: the transaction that
 * takes the journal over the n-th multiple of the step also merges the range number n modulo 64, up
 * to that position. So nothing else has to be stored for it, every process decides alike, and what
 * memory needs after a start is at most the last 64 steps, however the keys are spread.
 *
 * <p>For the writer's thread, which holds the lock of the tip.
 */
final class RecentKeys {
  /** Part of what is stored, as the table is: another step needs all keys merged before. */
  static final int STEP = 1_000;

  private static final int RANGE_BITS = 6;
  private static final int RANGES = 1 << RANGE_BITS;

  /** The key of an entry. */
  record StoredKey(long position, UUID digest) {}

  private final int step;
  private final List<Map<UUID, Long>> ranges =
      IntStream.range(0, RANGES).<Map<UUID, Long>>mapToObj(range -> new HashMap<>()).toList();
  // The entry up to which memory is complete; null when it has to be read anew.
  private StoredKey last;

  RecentKeys(int step) {
    this.step = step;
  }

  /** The last position whose entry may be deleted, none of which memory ever needs again. */
  static long lastThatMayGo(long tip, int step) {
    return tip - (long) RANGES * step;
  }

  private static int range(UUID digest) {
    return (int) (digest.getMostSignificantBits() >>> (Long.SIZE - RANGE_BITS));
  }

  /** The position up to which the keys of a range are in the table. */
  private long merged(int range, long tip) {
    long steps = tip / step;
    return Math.max(0, steps - Math.floorMod(steps - range, RANGES)) * step;
  }

  private boolean isRecent(StoredKey key, long tip) {
    return key.position() > merged(range(key.digest()), tip);
  }

  /** Brings memory up to a tip that another process may have set. */
  void load(Connection connection, long tip) throws SQLException {
    long oldest = Math.max(0, tip / step - RANGES + 1) * step + 1;
    if (last == null || last.position() < oldest || !follow(connection, tip)) {
      List<StoredKey> stored = JournalTable.keys(connection, oldest, tip);
      ranges.forEach(Map::clear);
      add(stored, tip);
    }
  }

  /**
   * Adds what others appended; false if the journal does not continue what is in memory, as after a
   * fail-over that lost commits.
   */
  private boolean follow(Connection connection, long tip) throws SQLException {
    List<StoredKey> stored = JournalTable.keys(connection, last.position(), tip);
    if (stored.isEmpty() || !stored.getFirst().equals(last)) {
      return false;
    }
    for (int range = 0; range < RANGES; range++) {
      long merged = merged(range, tip);
      ranges.get(range).values().removeIf(position -> position <= merged);
    }
    add(stored, tip);
    return true;
  }

  private void add(List<StoredKey> keys, long tip) {
    for (StoredKey key : keys) {
      if (isRecent(key, tip)) {
        ranges.get(range(key.digest())).put(key.digest(), key.position());
      }
    }
    last = keys.isEmpty() ? null : keys.getLast();
  }

  /** The positions of those keys that are stored, in a map that may be changed. */
  Map<UUID, Long> positions(Connection connection, Collection<UUID> digests) throws SQLException {
    Map<UUID, Long> found = new HashMap<>();
    List<UUID> others = new ArrayList<>(digests.size());
    for (UUID digest : digests) {
      Long position = ranges.get(range(digest)).get(digest);
      if (position == null) {
        others.add(digest);
      } else {
        found.put(digest, position);
      }
    }
    if (!others.isEmpty()) {
      Collections.sort(others);
      found.putAll(JournalTable.positions(connection, others));
    }
    return found;
  }

  /** What one transaction adds; nothing of it is in memory before {@link #commit}. */
  final class Page {
    private final List<StoredKey> added = new ArrayList<>();
    private final BitSet due = new BitSet(RANGES);

    /** Adds a key that is not stored; their positions rise without gaps. */
    void add(UUID digest, long position) {
      added.add(new StoredKey(position, digest));
    }

    /** Merges the ranges whose turn it is. */
    void write(Connection connection) throws SQLException {
      if (added.isEmpty()) {
        return;
      }
      long before = added.getFirst().position() - 1;
      long tip = added.getLast().position();
      List<StoredKey> merging = new ArrayList<>();
      for (int range = 0; range < RANGES; range++) {
        if (merged(range, before) < merged(range, tip)) {
          due.set(range);
          ranges.get(range).forEach((digest, at) -> merging.add(new StoredKey(at, digest)));
        }
      }
      added.stream().filter(key -> !isRecent(key, tip)).forEach(merging::add);
      if (!merging.isEmpty()) {
        merging.sort(Comparator.comparing(StoredKey::digest));
        JournalTable.insertKeys(connection, merging);
      }
    }

    /** The transaction was committed. */
    void commit() {
      if (!added.isEmpty()) {
        due.stream().forEach(range -> ranges.get(range).clear());
        RecentKeys.this.add(added, added.getLast().position());
      }
    }
  }

  Page newPage() {
    return new Page();
  }
}
