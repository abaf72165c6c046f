package io.busyhour.deliver.outbox;

import io.busyhour.deliver.Place;
import io.busyhour.deliver.outbox.Done.Again;
import io.busyhour.deliver.outbox.Done.Dead;
import io.busyhour.deliver.outbox.Done.Delivered;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The deliveries that are to be made. Who takes one moves its due time ahead: until then it is
 * nobody else's, and it is due again if he never says what became of it. For any thread and any
 * number of processes.
 */
public final class Queue {
  private static final String COLUMNS =
      "delivery_id, subscription_id, partner_id, event_type, payload,"
          + " coalesce(asked_at, queued_at), due_at, attempts,"
          + " spent, history";

  private final DataSource database;

  /** Of the outbox of this database. */
  public Queue(DataSource database) {
    this.database = database;
  }

  /**
   * Takes some of what is due of a subscription, in order of due time.
   *
   * @param until when the lease ends
   */
  public List<Due> take(String subscriptionId, Instant now, Instant until, int limit)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Due> due = select(connection, subscriptionId, now, until, limit);
        List<Due> taken = lease(connection, due);
        connection.commit();
        return taken;
      } catch (Throwable e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static List<Due> select(
      Connection connection, String subscriptionId, Instant now, Instant until, int limit)
      throws SQLException {
    String sql =
        "select "
            + COLUMNS
            + " from webhook_outbox where subscription_id = ? and due_at <= ?"
            + " order by subscription_id, due_at fetch first ? rows only";
    // (H2 reads in the order of an index only where its first column is named.) Those that another
    // process is taking are not waited for; H2 has one process, and would lock all that is due.
    boolean shared = connection.getMetaData().getURL().startsWith("jdbc:postgresql:");
    try (PreparedStatement query =
        connection.prepareStatement(shared ? sql + " for update skip locked" : sql)) {
      query.setString(1, subscriptionId);
      query.setLong(2, Place.microsOf(now));
      query.setInt(3, limit);
      try (ResultSet row = query.executeQuery()) {
        List<Due> taken = new ArrayList<>();
        while (row.next()) {
          taken.add(due(row, until));
        }
        return taken;
      }
    }
  }

  private static Due due(ResultSet row, Instant until) throws SQLException {
    return new Due(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Place.time(row.getLong(6)),
        Place.time(row.getLong(7)),
        until,
        row.getInt(8),
        row.getInt(9),
        row.getString(10));
  }

  /** Moves due times ahead; returns those that were still as they were read. */
  private static List<Due> lease(Connection connection, List<Due> found) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update webhook_outbox set due_at = ? where delivery_id = ? and due_at = ?")) {
      for (Due due : found) {
        statement.setLong(1, Place.microsOf(due.leasedUntil()));
        statement.setString(2, due.deliveryId());
        statement.setLong(3, Place.microsOf(due.dueAt()));
        statement.addBatch();
      }
      int[] changed = statement.executeBatch();
      return IntStream.range(0, changed.length)
          .filter(i -> changed[i] != 0)
          .mapToObj(found::get)
          .toList();
    }
  }

  /**
   * Writes what became of deliveries; of those whose lease somebody else has by now, nothing. What
   * was given up while it was being delivered is delivered all the same.
   */
  public void write(List<Done> done) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "update webhook_outbox set state = ?, due_at = ?, attempts = ?, history = ?,"
                  + " done_at = ?, reason = ? where delivery_id = ?"
                  + " and (due_at = ? or (state = 'DEAD' and cast(? as varchar) = 'DELIVERED'))")) {
        for (Done one : done) {
          write(statement, one);
        }
        statement.executeBatch();
        connection.commit();
      } catch (Throwable e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static void write(PreparedStatement statement, Done one) throws SQLException {
    switch (one.fate()) {
      case Delivered fate -> fate(statement, "DELIVERED", null, fate.at(), null);
      case Again fate -> fate(statement, "PENDING", fate.dueAt(), null, null);
      case Dead fate -> fate(statement, "DEAD", null, fate.at(), fate.reason());
    }
    statement.setInt(3, one.due().attempts() + 1);
    statement.setString(4, one.history());
    statement.setString(7, one.due().deliveryId());
    statement.setLong(8, Place.microsOf(one.due().leasedUntil()));
    statement.setString(9, one.fate() instanceof Delivered ? "DELIVERED" : "");
    statement.addBatch();
  }

  private static void fate(
      PreparedStatement statement, String state, Instant due, Instant done, String reason)
      throws SQLException {
    statement.setString(1, state);
    time(statement, 2, due);
    time(statement, 5, done);
    statement.setString(6, reason);
  }

  private static void time(PreparedStatement statement, int parameter, Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(parameter, Types.BIGINT);
    } else {
      statement.setLong(parameter, Place.microsOf(time));
    }
  }

  /** Gives back what was taken and not begun: it is due as it was. */
  public void giveBack(List<Due> taken) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update webhook_outbox set due_at = ? where delivery_id = ? and due_at = ?")) {
      for (Due due : taken) {
        statement.setLong(1, Place.microsOf(due.dueAt()));
        statement.setString(2, due.deliveryId());
        statement.setLong(3, Place.microsOf(due.leasedUntil()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** When the next delivery of a subscription is due, or null if none waits. */
  public Instant nextDue(String subscriptionId) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select due_at from webhook_outbox where subscription_id = ? and due_at is not null"
                    + " order by subscription_id, due_at fetch first 1 rows only")) {
      query.setString(1, subscriptionId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Place.time(row.getLong(1)) : null;
      }
    }
  }

  /** How many deliveries wait, those that are being made and those to be tried again included. */
  public long size() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select count(*) from webhook_outbox where state = ?")) {
      query.setString(1, "PENDING");
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
