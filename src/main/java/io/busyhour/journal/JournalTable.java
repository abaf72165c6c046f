package io.busyhour.journal;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.journal.Inbox.Arrival;
import io.busyhour.journal.Journal.Stored;
import io.busyhour.journal.RecentKeys.StoredKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The journal's statements, the same for H2 and PostgreSQL. */
final class JournalTable {
  /** How much is read at once, in characters; a single entry may have more. */
  private static final long READ_CHARS = 4L * 1024 * 1024;

  /** How many entries a query gives, all of which a driver may hold. */
  private static final int PAGE = 200;

  /** Where the journal ends, as it is stored. */
  record Mark(long position, long time) {}

  /** A row that is about to be inserted. */
  record Row(long position, Arrival arrival, int duplicates) {}

  private JournalTable() {}

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
  }

  /** Waits for its turn to write; it lasts until the transaction ends. */
  static Mark lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT position, time FROM journal_tip FOR UPDATE")) {
      if (!rows.next()) {
        throw new SQLException("the table journal_tip is empty (expected: one row)");
      }
      return new Mark(rows.getLong(1), rows.getLong(2));
    }
  }

  static void advance(Connection connection, Mark mark) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE journal_tip SET position = ?, time = ?")) {
      update.setLong(1, mark.position());
      update.setLong(2, mark.time());
      update.executeUpdate();
    }
  }

  /** The positions of those keys that are in the table of keys. */
  static Map<UUID, Long> positions(Connection connection, Collection<UUID> keys)
      throws SQLException {
    Map<UUID, Long> found = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT event_key, position FROM journal_keys WHERE event_key = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
    }
    return found;
  }

  /** The keys of the entries from one position to another, in their order. */
  static List<StoredKey> keys(Connection connection, long from, long to) throws SQLException {
    List<StoredKey> keys = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, event_key FROM journal WHERE position >= ? AND position <= ?"
                + " ORDER BY position")) {
      select.setLong(1, from);
      select.setLong(2, to);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          keys.add(new StoredKey(rows.getLong(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return keys;
  }

  static void insertKeys(Connection connection, List<StoredKey> keys) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal_keys (event_key, position) SELECT * FROM UNNEST(?, ?)")) {
      set(insert, 1, "uuid", keys, StoredKey::digest);
      set(insert, 2, "bigint", keys, StoredKey::position);
      insert.executeUpdate();
    }
  }

  /** One statement whatever the count: a row each costs PostgreSQL a round trip or a long parse. */
  static void insert(Connection connection, List<Row> rows, long receivedAt) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO journal (position, event_key, source, id, received_at, whole_beginning,"
                + " body, duplicates) SELECT * FROM UNNEST(?, ?, ?, ?, ?, ?, ?, ?)")) {
      set(insert, 1, "bigint", rows, Row::position);
      set(insert, 2, "uuid", rows, row -> row.arrival().digest());
      set(insert, 3, "varchar", rows, row -> row.arrival().delivery().key().source());
      set(insert, 4, "varchar", rows, row -> row.arrival().delivery().key().id());
      set(insert, 5, "bigint", rows, row -> receivedAt);
      set(insert, 6, "boolean", rows, row -> row.arrival().delivery().wholeBeginning());
      set(insert, 7, "varchar", rows, row -> row.arrival().body());
      set(insert, 8, "integer", rows, Row::duplicates);
      insert.executeUpdate();
    }
  }

  private static <T> void set(
      PreparedStatement insert, int index, String type, List<T> rows, Function<T, ?> column)
      throws SQLException {
    Object[] values = rows.stream().map(column).toArray();
    insert.setArray(index, insert.getConnection().createArrayOf(type, values));
  }

  /** Notes on the rows that their keys arrived again, so many times each. */
  static void addDuplicates(Connection connection, Map<Long, Integer> byPosition)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE journal SET duplicates = duplicates + ? WHERE position = ?")) {
      for (Map.Entry<Long, Integer> repeated : byPosition.entrySet()) {
        update.setInt(1, repeated.getValue());
        update.setLong(2, repeated.getKey());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  /**
   * Reads entries after a position: of large ones fewer than asked for, but one at least, so that
   * who catches up with many needs no more memory than who follows.
   */
  static List<Entry> read(Connection connection, long after, long upTo, int limit)
      throws SQLException {
    List<Entry> entries = new ArrayList<>();
    long chars = 0;
    boolean more = true;
    while (more && entries.size() < limit && chars < READ_CHARS) {
      int before = entries.size();
      long last = before == 0 ? after : entries.getLast().position();
      chars += readPage(connection, last, upTo, Math.min(PAGE, limit - before), entries);
      more = entries.size() == before + PAGE;
    }
    return entries;
  }

  /** Reads some entries, and tells how many characters they have. */
  private static long readPage(
      Connection connection, long after, long upTo, int limit, List<Entry> entries)
      throws SQLException {
    long chars = 0;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, received_at, source, id, whole_beginning, body FROM journal"
                + " WHERE position > ? AND position <= ? ORDER BY position LIMIT ?")) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (chars < READ_CHARS && rows.next()) {
          String body = rows.getString(6);
          entries.add(entry(rows, body));
          chars += body.length();
        }
      }
    }
    return chars;
  }

  /** Those entries of some positions that are there, with how often they came again. */
  static List<Stored> find(Connection connection, Collection<Long> positions) throws SQLException {
    List<Stored> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, received_at, source, id, whole_beginning, body, duplicates"
                + " FROM journal WHERE position = ANY (?) ORDER BY position")) {
      select.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new Stored(entry(rows, rows.getString(6)), rows.getInt(7)));
        }
      }
    }
    return found;
  }

  private static Entry entry(ResultSet row, String body) throws SQLException {
    long position = row.getLong(1);
    EventKey key = new EventKey(row.getString(3), row.getString(4));
    try {
      Delivery delivery = new Delivery(key, Body.read(body), row.getBoolean(5));
      return new Entry(position, instant(row.getLong(2)), delivery);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the journal's entry at position %d cannot be read: %s"
              .formatted(position, e.getMessage()),
          e);
    }
  }
}
