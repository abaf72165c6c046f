package io.busyhour.projection.windows.rollup;

import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.windows.sliding.Bucket;
import io.busyhour.projection.windows.sliding.Sample;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps the figures: what a batch changes is summed in memory and added to what is stored when the
 * batch is. So a late event corrects the spans that its call belongs to, however long ago.
 */
public final class RollupFold implements Fold {
  private static final System.Logger LOG = System.getLogger(RollupFold.class.getName());
  private static final long SWEEP_SECONDS = 3600;
  private static final List<Kind> KINDS = List.of(Kind.values());

  /** How many figures of stored calls are summed in memory before they are written. */
  private static final int SUMMED = 5_000;

  /** The stored figures that were changed last; others are read when they change. */
  private static final int REMEMBERED = 2_000;

  private final Map<RollupKey, Bucket> changes = new LinkedHashMap<>();
  private final Map<RollupKey, Bucket> stored =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RollupKey, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long now;
  private long swept;

  @Override
  public void on(Entry entry, Occurrence occurrence) {
    now = Math.max(now, entry.receivedAt().getEpochSecond());
  }

  @Override
  public void on(Change changed) {
    if (changed instanceof CallChange change) {
      move(change.before(), change.after());
    }
  }

  private void move(CallRecord before, CallRecord after) {
    Sample was = before == null ? null : Samples.of(before);
    Sample is = Samples.of(after);
    boolean same = is.equals(was);
    for (Kind kind : KINDS) {
      String from = before == null ? null : kind.label(before);
      String to = kind.label(after);
      long left = from == null ? 0 : kind.time(before).getEpochSecond();
      long entered = to == null ? 0 : kind.time(after).getEpochSecond();
      boolean stays = Objects.equals(from, to) && left == entered;
      if (stays && same) {
        continue;
      }
      for (Step step : kind.steps()) {
        Bucket old = from == null ? null : changing(kind, from, step, left);
        Bucket current = stays ? old : to == null ? null : changing(kind, to, step, entered);
        add(old, was, -1);
        add(current, is, 1);
      }
    }
  }

  private static void add(Bucket bucket, Sample sample, int sign) {
    if (bucket != null) {
      bucket.add(sample, sign);
    }
  }

  /** What changes of the span that a second belongs to; null if it is not kept any more. */
  private Bucket changing(Kind kind, String label, Step step, long second) {
    long start = step.start(second);
    return start < step.oldest(now)
        ? null
        : changes.computeIfAbsent(
            new RollupKey(kind, label, step, start), key -> new Bucket(Figure.COUNT));
  }

  @Override
  public void save(Connection transaction) throws SQLException {
    flush(transaction);
    if (now - swept >= SWEEP_SECONDS) {
      RollupTable.deleteOld(transaction, now);
      swept = now;
    }
  }

  private void flush(Connection transaction) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    Map<RollupKey, Bucket> fresh = new HashMap<>();
    Map<RollupKey, Bucket> known = new HashMap<>();
    try (PreparedStatement select = RollupTable.select(transaction)) {
      for (Map.Entry<RollupKey, Bucket> change : changes.entrySet()) {
        RollupKey key = change.getKey();
        Bucket bucket = stored.get(key);
        if (bucket == null) {
          bucket = RollupTable.find(select, key);
        }
        if (bucket == null) {
          bucket = new Bucket(Figure.COUNT);
          fresh.put(key, bucket);
        } else {
          known.put(key, bucket);
        }
        bucket.add(change.getValue());
        stored.put(key, bucket);
      }
    }
    RollupTable.insert(transaction, fresh);
    RollupTable.update(transaction, known);
    changes.clear();
  }

  /** What was remembered may be of a batch that failed, or behind what another process stored. */
  @Override
  public void restore(Connection transaction) throws SQLException {
    changes.clear();
    stored.clear();
    swept = 0;
    if (!RollupTable.hasCalls(transaction)) {
      count(transaction);
    }
  }

  /** Counts the calls that were stored before their figures were: what ends later is among them. */
  private void count(Connection transaction) throws SQLException {
    now = Math.max(now, StoredCalls.lastReceived(transaction));
    long calls =
        StoredCalls.read(
            transaction,
            call -> {
              move(null, call);
              if (changes.size() >= SUMMED) {
                flush(transaction);
              }
            });
    flush(transaction);
    if (calls > 0) {
      LOG.log(Level.INFO, "counted {0} stored calls into the figures of hours and days", calls);
    }
  }
}
