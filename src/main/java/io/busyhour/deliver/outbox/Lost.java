package io.busyhour.deliver.outbox;

import io.busyhour.deliver.Place;
import io.busyhour.event.Delivery;
import io.busyhour.event.WebhookEvent.GivenUp;
import io.busyhour.journal.Journal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Gives up deliveries for other reasons than their last attempt, in small steps: those of a
 * subscription that is gone, and those that have waited for too long. For one thread.
 */
public final class Lost {
  private static final int STEP = 500;
  private static final String FIND =
      "select delivery_id, event_type, partner_id, attempts from webhook_outbox where ";

  private record Found(String deliveryId, String eventType, String partnerId, int attempts) {}

  private final DataSource database;
  private final Journal journal;

  /** Of the outbox of this database. */
  public Lost(DataSource database, Journal journal) {
    this.database = database;
    this.journal = journal;
  }

  /**
   * Gives up all that waits for a subscription, unless it goes on by now: it may have been made or
   * revived since somebody looked. Returns how many there were.
   */
  public long giveUp(String subscriptionId, Instant now, String reason) throws SQLException {
    String waits =
        "subscription_id = ? and due_at is not null and subscription_id not in"
            + " (select id from webhook_subscriptions where state <> 'ENDED')";
    return inSteps(waits, subscriptionId, now, reason);
  }

  /** Gives up what was queued, and if so asked for once more, before a time. */
  public long giveUpBefore(Instant wanted, Instant now) throws SQLException {
    String old = "state = 'PENDING' and coalesce(asked_at, queued_at) < ?";
    return inSteps(old, Place.microsOf(wanted), now, "expired");
  }

  /** The subscriptions for which something waits. */
  public List<String> waitedFor() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select distinct subscription_id from webhook_outbox where state = 'PENDING'");
        ResultSet row = query.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    }
  }

  private long inSteps(String where, Object parameter, Instant now, String reason)
      throws SQLException {
    long all = 0;
    int step = STEP;
    while (step == STEP) {
      step = step(where, parameter, now, reason);
      all += step;
    }
    return all;
  }

  /** Said first and written then, as all that is counted. */
  private int step(String where, Object parameter, Instant now, String reason) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        List<Found> found = find(connection, where, parameter);
        if (!found.isEmpty()) {
          journal.append(found.stream().map(one -> said(one, now)).toList());
          bury(connection, found, now, reason);
        }
        connection.commit();
        return found.size();
      } catch (Throwable e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static Delivery said(Found one, Instant now) {
    GivenUp event = new GivenUp(one.deliveryId(), one.eventType(), one.partnerId());
    return Said.of(one.deliveryId(), "given up:" + one.attempts(), now, event);
  }

  private static List<Found> find(Connection connection, String where, Object parameter)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(FIND + where + " fetch first ? rows only for update")) {
      query.setObject(1, parameter);
      query.setInt(2, STEP);
      try (ResultSet row = query.executeQuery()) {
        List<Found> found = new ArrayList<>();
        while (row.next()) {
          found.add(new Found(row.getString(1), row.getString(2), row.getString(3), row.getInt(4)));
        }
        return found;
      }
    }
  }

  private static void bury(Connection connection, List<Found> found, Instant now, String reason)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update webhook_outbox set state = 'DEAD', due_at = null, done_at = ?, reason = ?"
                + " where delivery_id = ?")) {
      for (Found one : found) {
        statement.setLong(1, Place.microsOf(now));
        statement.setString(2, reason);
        statement.setString(3, one.deliveryId());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
