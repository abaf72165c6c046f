package io.busyhour.journal;

import io.busyhour.journal.RecentKeys.StoredKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * Deletes the oldest entries of a journal in a database, some in each short transaction, so that
 * nobody who writes waits for long. An entry and its key go together: a repeat of it is a duplicate
 * until then, and new from then on. For one thread; of several processes on one database, those
 * that come second leave it.
 */
public final class OldEntries {
  private final DataSource database;
  private final int keyStep;
  // Before it there are none: a database that has deleted many would look through what is left of
  // them.
  private long oldest = 1;

  /** Of the journal whose tables are in this database. */
  public OldEntries(DataSource database) {
    this(database, RecentKeys.STEP);
  }

  OldEntries(DataSource database, int keyStep) {
    this.database = database;
    this.keyStep = keyStep;
  }

  /**
   * Deletes some entries, oldest first; never the newest 64,000, whose keys are read again when a
   * journal is opened.
   *
   * @param receivedBefore those received from then on stay
   * @param upTo the last position that may go
   * @param most how many at most
   * @return how many; fewer than asked for when no more may go now
   * @throws JournalUnavailable when the database cannot be reached; then none are deleted
   */
  public int delete(Instant receivedBefore, long upTo, int most) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int deleted = delete(connection, JournalTable.micros(receivedBefore), upTo, most);
        connection.commit();
        return deleted;
      } catch (Throwable e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw Inbox.storeDown(e);
    }
  }

  private int delete(Connection connection, long receivedBefore, long upTo, int most)
      throws SQLException {
    oldest = OldTable.first(connection, oldest);
    long last = Math.min(upTo, RecentKeys.lastThatMayGo(OldTable.tip(connection), keyStep));
    long to = Math.min(last, oldest + most - 1);
    if (oldest > to) {
      return 0;
    }
    List<StoredKey> old = OldTable.lock(connection, oldest, to, receivedBefore);
    // A gap is an entry that another transaction has at this moment: what follows has to wait, for
    // the journal must have none.
    int free = 0;
    while (free < old.size() && old.get(free).position() == oldest + free) {
      free++;
    }
    if (free > 0) {
      OldTable.delete(connection, oldest, old.subList(0, free));
    }
    return free;
  }
}
