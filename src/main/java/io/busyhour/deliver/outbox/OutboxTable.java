package io.busyhour.deliver.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What the outbox writes: its position, and the deliveries up to it, in one transaction. */
final class OutboxTable {
  private OutboxTable() {}

  /** Reads the position and keeps all others from moving it until the transaction ends. */
  static long lock(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "select position from projection where name = 'outbox' for update");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  static void move(Connection connection, long position) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update projection set position = ? where name = 'outbox'")) {
      statement.setLong(1, position);
      statement.executeUpdate();
    }
  }

  /** Queues deliveries; each is due a microsecond after the one before, which keeps their order. */
  static void insert(Connection connection, List<NewDelivery> deliveries, long micros)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into webhook_outbox (delivery_id, subscription_id, partner_id, event_type,"
                + " payload, state, queued_at, due_at, attempts, spent)"
                + " values (?, ?, ?, ?, ?, 'PENDING', ?, ?, 0, 0)")) {
      long at = micros;
      for (NewDelivery one : deliveries) {
        statement.setString(1, one.deliveryId());
        statement.setString(2, one.subscriptionId());
        statement.setString(3, one.partnerId());
        statement.setString(4, one.eventType());
        statement.setString(5, one.payload());
        statement.setLong(6, micros);
        statement.setLong(7, at++);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
