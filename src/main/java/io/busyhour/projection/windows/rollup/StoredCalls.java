package io.busyhour.projection.windows.rollup;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.Outcome;
import io.busyhour.projection.change.CallRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads the calls that are stored, and of each what figures are made of. */
final class StoredCalls {
  // Read in small parts: PostgreSQL's driver would hold them all otherwise.
  private static final int FETCHED = 1_000;

  private static final String ALL =
      "select call_id, source, account, campaign_id, direction, outcome, error_type,"
          + " first_event_at, last_event_at, initiated_at, ringing_at,"
          + " coalesce(answered_at, supposed_answered_at) as taken_at, ended_at,"
          + " coalesce(sip_code, case when released_standing = 'REFUSAL' then refused_sip_code end)"
          + " as sip_code,"
          + " case when released_standing = 'REAPED' then 1 else 0 end as reaped,"
          + " duration_seconds, has_transcript, mos, packet_loss, pdd_ms"
          + " from calls order by started_at, call_id";

  private StoredCalls() {}

  /** Takes in one call. */
  interface Taker {
    void take(CallRecord call) throws SQLException;
  }

  /** When one was heard of first, the last time, in seconds; 0 if there is none. */
  static long lastReceived(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select max(first_received_at) from calls");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1) / 1_000_000;
    }
  }

  /** Gives all of them in the order in which they began; returns how many there are. */
  static long read(Connection connection, Taker each) throws SQLException {
    long count = 0;
    try (PreparedStatement select = connection.prepareStatement(ALL)) {
      select.setFetchSize(FETCHED);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          each.take(call(rows));
          count++;
        }
      }
    }
    return count;
  }

  private static CallRecord call(ResultSet row) throws SQLException {
    return new CallRecord(
        row.getString("call_id"),
        row.getString("source"),
        beginning(row),
        new CallRecord.Times(
            time(row, "first_event_at"),
            time(row, "last_event_at"),
            time(row, "initiated_at"),
            time(row, "ringing_at"),
            time(row, "taken_at"),
            time(row, "ended_at")),
        end(row),
        new CallRecord.Sound(
            null, number(row, "mos"), null, null, number(row, "packet_loss"), null),
        null,
        number(row, "pdd_ms"));
  }

  private static Beginning beginning(ResultSet row) throws SQLException {
    String direction = row.getString("direction");
    return new Beginning(
        row.getString("account"),
        null,
        row.getString("campaign_id"),
        null,
        null,
        direction == null ? null : Direction.valueOf(direction),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static CallRecord.End end(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    int sipCode = row.getInt("sip_code");
    Integer sip = row.wasNull() ? null : Integer.valueOf(sipCode);
    boolean transcript = row.getBoolean("has_transcript");
    Boolean hasTranscript = row.wasNull() ? null : Boolean.valueOf(transcript);
    return new CallRecord.End(
        outcome == null ? null : Outcome.valueOf(outcome),
        sip,
        null,
        null,
        number(row, "duration_seconds"),
        null,
        null,
        row.getString("error_type"),
        hasTranscript,
        null,
        row.getInt("reaped") == 1);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static Double number(ResultSet row, String column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(number);
  }
}
