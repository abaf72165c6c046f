package io.busyhour.projection.windows.sliding;

import io.busyhour.projection.LabelText;
import io.busyhour.projection.windows.sliding.SlidingWindow.BucketKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Saves the buckets that changed in the transaction of what changed them, and restores them. */
public final class WindowStore {
  private static final long SWEEP_SECONDS = 300;

  private record Stored(SlidingWindow window, BucketKey key) {}

  private final Map<String, SlidingWindow> windows = new HashMap<>();
  private final Map<Stored, Long> ids = new HashMap<>();
  private final Set<Stored> changed = new LinkedHashSet<>();
  private final Map<SlidingWindow, Long> swept = new HashMap<>();
  private long lastId;

  /** Stores these windows. */
  public WindowStore(List<SlidingWindow> windows) {
    windows.forEach(window -> this.windows.put(window.name(), window));
  }

  /** Has a sample be where and what it is now; either may be null. */
  public void move(SlidingWindow window, Placed before, Placed after, Instant now) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before != null) {
      changed(window, window.add(before.labels(), before.time(), now, before.sample(), -1));
    }
    if (after != null) {
      changed(window, window.add(after.labels(), after.time(), now, after.sample(), 1));
    }
  }

  private void changed(SlidingWindow window, BucketKey key) {
    if (key != null) {
      changed.add(new Stored(window, key));
    }
  }

  /** Writes what changed. */
  public void save(Connection transaction) throws SQLException {
    try (PreparedStatement insert =
            transaction.prepareStatement(
                "insert into window_bucket (state, id, family, labels, start_second)"
                    + " values (?, ?, ?, ?, ?)");
        PreparedStatement update =
            transaction.prepareStatement("update window_bucket set state = ? where id = ?")) {
      for (Stored each : changed) {
        Bucket bucket = each.window().bucket(each.key());
        if (bucket != null) {
          save(each, bucket, insert, update);
        }
      }
      insert.executeBatch();
      update.executeBatch();
    }
    changed.clear();
    for (SlidingWindow window : windows.values()) {
      sweep(window, transaction);
    }
  }

  private void save(Stored each, Bucket bucket, PreparedStatement insert, PreparedStatement update)
      throws SQLException {
    Long id = ids.get(each);
    PreparedStatement statement = id == null ? insert : update;
    statement.setString(1, bucket.state());
    if (id == null) {
      id = ++lastId;
      ids.put(each, id);
      insert.setString(3, each.window().name());
      insert.setString(4, LabelText.write(each.key().labels()));
      insert.setLong(5, each.key().startSecond());
    }
    statement.setLong(2, id);
    statement.addBatch();
  }

  /** Deletes what the window has left behind, now and then. */
  private void sweep(SlidingWindow window, Connection transaction) throws SQLException {
    long oldest = window.oldest();
    Long last = swept.get(window);
    if (last != null && oldest - last < SWEEP_SECONDS) {
      return;
    }
    try (PreparedStatement delete =
        transaction.prepareStatement(
            "delete from window_bucket where family = ? and start_second <= ?")) {
      delete.setString(1, window.name());
      delete.setLong(2, oldest);
      delete.executeUpdate();
    }
    ids.keySet().removeIf(e -> e.window().equals(window) && e.key().startSecond() <= oldest);
    swept.put(window, oldest);
  }

  /** Has all windows be as they were saved. */
  public void restore(Connection transaction) throws SQLException {
    ids.clear();
    changed.clear();
    swept.clear();
    lastId = 0;
    windows.values().forEach(SlidingWindow::clear);
    try (PreparedStatement query =
            transaction.prepareStatement(
                "select id, family, labels, start_second, state from window_bucket order by id");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        lastId = rows.getLong(1);
        SlidingWindow window = windows.get(rows.getString(2));
        if (window != null) {
          BucketKey key = new BucketKey(LabelText.read(rows.getString(3)), rows.getLong(4));
          window.restore(key, rows.getString(5));
          ids.put(new Stored(window, key), lastId);
        }
      }
    }
  }
}
