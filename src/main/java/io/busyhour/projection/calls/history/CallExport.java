package io.busyhour.projection.calls.history;

import io.busyhour.projection.calls.history.CallLine.Width;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Reads all calls of a time, oldest first, in stretches, each in a transaction of its own. Where a
 * stretch ends is read from the index alone, so that several can be read at once. For any thread.
 */
public final class CallExport {
  private static final String AFTER_SAME = "started_at = ? and call_id > ?";
  private static final String AFTER = "started_at > ? and started_at < ?";
  private static final String ORDER = " order by started_at, call_id";

  private final DataSource database;

  /** Takes in one call; the line is overwritten by the next. */
  public interface Reader {
    /** Reads the line. */
    void read(CallLine line) throws IOException;
  }

  /** Reads the calls of this database. */
  public CallExport(DataSource database) {
    this.database = database;
  }

  /**
   * The end of a stretch of about so many calls that begins after a place: of no more than twice as
   * many. Null if there are not so many more.
   *
   * @param until a time in microseconds before which the calls began
   */
  public Place ahead(Place from, long until, int calls) throws SQLException {
    String skip = ORDER + " offset " + (calls - 1) + " rows fetch first 1 rows only";
    try (Connection connection = database.getConnection()) {
      Place same = place(connection, AFTER_SAME + skip, from, from.callId());
      return same != null ? same : place(connection, AFTER + skip, from, until);
    }
  }

  private static Place place(Connection connection, String range, Place from, Object to)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select started_at, call_id from calls where " + range)) {
      query.setLong(1, from.startedAt());
      query.setObject(2, to);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? new Place(row.getLong(1), row.getString(2)) : null;
      }
    }
  }

  /** Reads the calls after a place, up to another and with it. */
  public void read(Place after, Place upTo, Width width, Reader reader)
      throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      CallLine line = new CallLine(width);
      if (after.startedAt() == upTo.startedAt()) {
        read(connection, AFTER_SAME + " and call_id <= ?", line, reader, after, upTo.callId());
        return;
      }
      read(connection, AFTER_SAME, line, reader, after, null);
      Place from = new Place(after.startedAt(), null);
      read(connection, AFTER, line, reader, from, upTo.startedAt());
      Place last = new Place(upTo.startedAt(), "");
      read(connection, AFTER_SAME + " and call_id <= ?", line, reader, last, upTo.callId());
    }
  }

  private static void read(
      Connection connection, String range, CallLine line, Reader reader, Place from, Object to)
      throws SQLException, IOException {
    try (PreparedStatement query =
        connection.prepareStatement(CallLine.select(line.width()) + " where " + range + ORDER)) {
      int parameter = 1;
      query.setLong(parameter++, from.startedAt());
      if (from.callId() != null) {
        query.setString(parameter++, from.callId());
      }
      if (to != null) {
        query.setObject(parameter, to);
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          line.load(rows);
          reader.read(line);
        }
      }
    }
  }
}
