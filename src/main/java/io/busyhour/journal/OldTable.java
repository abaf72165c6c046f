package io.busyhour.journal;

import io.busyhour.journal.RecentKeys.StoredKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The statements that delete old entries, the same for H2 and PostgreSQL. */
final class OldTable {
  private OldTable() {}

  /** The position of the oldest entry, none being before one position; the next if none is left. */
  static long first(Connection connection, long from) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position FROM journal WHERE position >= ? ORDER BY position LIMIT 1")) {
      select.setLong(1, from);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : from;
      }
    }
  }

  /** Where the journal ends, without waiting for who writes. */
  static long tip(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT position FROM journal_tip")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * Takes old entries to itself, in their order, but for those that another transaction has: who
   * never waits with something in hand can hold up nobody for ever.
   */
  static List<StoredKey> lock(Connection connection, long from, long to, long receivedBefore)
      throws SQLException {
    List<StoredKey> old = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT position, event_key FROM journal WHERE position >= ? AND position <= ?"
                + " AND received_at < ? ORDER BY position FOR UPDATE SKIP LOCKED")) {
      select.setLong(1, from);
      select.setLong(2, to);
      select.setLong(3, receivedBefore);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          old.add(new StoredKey(rows.getLong(1), rows.getObject(2, UUID.class)));
        }
      }
    }
    return old;
  }

  /** Deletes entries from a position on, and their keys. */
  static void delete(Connection connection, long from, List<StoredKey> old) throws SQLException {
    long to = old.getLast().position();
    // Sorted, they are on few pages of the index; a key that came again later stays.
    Object[] keys = old.stream().map(StoredKey::digest).sorted().toArray();
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM journal_keys WHERE event_key = ANY (?) AND position <= ?")) {
      delete.setArray(1, connection.createArrayOf("uuid", keys));
      delete.setLong(2, to);
      delete.executeUpdate();
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM journal WHERE position >= ? AND position <= ?")) {
      delete.setLong(1, from);
      delete.setLong(2, to);
      delete.executeUpdate();
    }
  }
}
