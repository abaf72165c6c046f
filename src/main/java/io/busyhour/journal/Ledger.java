package io.busyhour.journal;

import io.busyhour.journal.JournalTable.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The count of everything that was received, per source: in memory as of the last commit, and
 * written by the transaction that commits what is counted. For the writer's thread; any thread may
 * read {@link #lines}.
 */
final class Ledger {
  /** The line of all sources beyond the limit. */
  static final String OTHER = "__other__";

  private static final String ACCEPTED = "accepted";
  private static final String DUPLICATE = "duplicate";
  private static final String REJECTED = "rejected";

  /** What is counted by itself. */
  private record Account(String source, String result, String reason) {}

  /**
   * How many there were.
   *
   * @param lastEvent the latest event time in microseconds, or null
   */
  private record Count(long deliveries, Long lastEvent) {
    Count plus(Count other) {
      return new Count(deliveries + other.deliveries, later(lastEvent, other.lastEvent));
    }

    private static Long later(Long one, Long another) {
      if (one == null || another == null) {
        return one == null ? another : one;
      }
      return Math.max(one, another);
    }
  }

  private final int maxSources;
  // Only the writer's thread changes the maps; the lock is between it and readers.
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Account, Count> counts = new HashMap<>();
  private final Set<String> sources = new HashSet<>();

  Ledger(int maxSources) {
    this.maxSources = maxSources;
  }

  /** What one transaction adds; nothing of it is in the ledger before {@link #commit}. */
  final class Page {
    private final Map<Account, Count> added = new LinkedHashMap<>();
    private final Set<String> newSources = new HashSet<>();

    void accepted(String source, long eventTime) {
      add(source, ACCEPTED, "", new Count(1, eventTime));
    }

    void duplicate(String source) {
      add(source, DUPLICATE, "", new Count(1, null));
    }

    void rejected(String source, String reason, long count) {
      add(source, REJECTED, reason, new Count(count, null));
    }

    private void add(String source, String result, String reason, Count count) {
      added.merge(new Account(line(source), result, reason), count, Count::plus);
    }

    private String line(String source) {
      if (sources.contains(source) || newSources.contains(source)) {
        return source;
      }
      if (sources.size() + newSources.size() >= maxSources) {
        return OTHER;
      }
      newSources.add(source);
      return source;
    }

    /** Writes the new figures; the lock of {@link Mark} is held. */
    void write(Connection connection) throws SQLException {
      try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE journal_ledger SET deliveries = ?, last_event = ?"
                      + " WHERE source = ? AND result = ? AND reason = ?");
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO journal_ledger (deliveries, last_event, source, result, reason)"
                      + " VALUES (?, ?, ?, ?, ?)")) {
        for (Map.Entry<Account, Count> line : added.entrySet()) {
          Count before = counts.get(line.getKey());
          Count now = before == null ? line.getValue() : before.plus(line.getValue());
          batch(before == null ? insert : update, line.getKey(), now);
        }
        update.executeBatch();
        insert.executeBatch();
      }
    }

    private void batch(PreparedStatement statement, Account account, Count count)
        throws SQLException {
      statement.setLong(1, count.deliveries());
      statement.setObject(2, count.lastEvent(), Types.BIGINT);
      statement.setString(3, account.source());
      statement.setString(4, account.result());
      statement.setString(5, account.reason());
      statement.addBatch();
    }

    /** The transaction was committed. */
    void commit() {
      lock.lock();
      try {
        added.forEach((account, count) -> counts.merge(account, count, Count::plus));
        sources.addAll(newSources);
      } finally {
        lock.unlock();
      }
    }
  }

  Page newPage() {
    return new Page();
  }

  /** Forgets what is in memory and reads what is committed. */
  void load(Connection connection) throws SQLException {
    Map<Account, Count> stored = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT source, result, reason, deliveries, last_event FROM journal_ledger")) {
      while (rows.next()) {
        Account account = new Account(rows.getString(1), rows.getString(2), rows.getString(3));
        stored.put(account, new Count(rows.getLong(4), rows.getObject(5, Long.class)));
      }
    }
    lock.lock();
    try {
      counts.clear();
      counts.putAll(stored);
      sources.clear();
      counts.keySet().forEach(account -> sources.add(account.source()));
      sources.remove(OTHER);
    } finally {
      lock.unlock();
    }
  }

  /** One line for each source, in the order of their names. */
  List<LedgerLine> lines() {
    Map<String, Map<Account, Count>> bySource = new TreeMap<>();
    lock.lock();
    try {
      counts.forEach(
          (account, count) ->
              bySource.computeIfAbsent(account.source(), s -> new HashMap<>()).put(account, count));
    } finally {
      lock.unlock();
    }
    List<LedgerLine> lines = new ArrayList<>(bySource.size());
    bySource.forEach((source, accounts) -> lines.add(line(source, accounts)));
    return List.copyOf(lines);
  }

  private static LedgerLine line(String source, Map<Account, Count> accounts) {
    Count none = new Count(0, null);
    Count accepted = accounts.getOrDefault(new Account(source, ACCEPTED, ""), none);
    Count duplicates = accounts.getOrDefault(new Account(source, DUPLICATE, ""), none);
    Map<String, Long> rejected = new TreeMap<>();
    accounts.forEach(
        (account, count) -> {
          if (account.result().equals(REJECTED)) {
            rejected.put(account.reason(), count.deliveries());
          }
        });
    return new LedgerLine(
        source,
        accepted.deliveries(),
        duplicates.deliveries(),
        rejected,
        accepted.lastEvent() == null ? null : JournalTable.instant(accepted.lastEvent()));
  }
}
