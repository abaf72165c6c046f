package io.busyhour.deliver.letters;

import io.busyhour.deliver.Place;
import io.busyhour.deliver.Where;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Has dead letters delivered once more, with as many attempts as in the beginning. Only those of a
 * subscription that there is and that has not ended: nobody would deliver others. For any thread.
 */
final class Redelivery {
  /** So many rows in a transaction: those who deliver wait for it. */
  private static final int STEP = 500;

  private static final String REVIVE =
      "update webhook_outbox set state = 'PENDING', due_at = ?, asked_at = ?,"
          + " spent = attempts, done_at = null, reason = null"
          + " where delivery_id = ? and state = 'DEAD'";
  private static final String ALIVE =
      "subscription_id in (select id from webhook_subscriptions where state <> 'ENDED')";

  private final DataSource database;
  private final InstantSource clock;
  private final Runnable changed;

  /** Tells this, when there is something to do again. */
  Redelivery(DataSource database, InstantSource clock, Runnable changed) {
    this.database = database;
    this.clock = clock;
    this.changed = changed;
  }

  /** One; false if it is no dead letter of a subscription that goes on. */
  boolean one(String deliveryId) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(REVIVE + " and " + ALIVE)) {
      update.setLong(1, now());
      update.setLong(2, now());
      update.setString(3, deliveryId);
      boolean revived = update.executeUpdate() > 0;
      if (revived) {
        changed.run();
      }
      return revived;
    } catch (SQLException e) {
      throw Letters.unreadable(e);
    }
  }

  /** All that are meant and were dead when it began, the oldest first; tells how many. */
  int all(LetterFilter filter) {
    long begin = now();
    int revived = 0;
    Place last = null;
    try {
      List<Place> step;
      do {
        step = dead(filter, begin, last);
        if (!step.isEmpty()) {
          revived += revive(step);
          last = step.getLast();
          changed.run();
        }
      } while (step.size() == STEP);
    } catch (SQLException e) {
      throw Letters.unreadable(e);
    }
    return revived;
  }

  private List<Place> dead(LetterFilter filter, long begin, Place last) throws SQLException {
    Where where =
        filter
            .where()
            .and("state = 'DEAD'")
            .and("done_at <= ?", begin)
            .and(ALIVE)
            .after(last, "queued_at", "delivery_id");
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select queued_at, delivery_id from webhook_outbox"
                    + where.sql()
                    + " order by queued_at, delivery_id limit "
                    + STEP)) {
      where.bind(select, 1);
      List<Place> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new Place(rows.getLong(1), rows.getString(2)));
        }
      }
      return found;
    }
  }

  /** Those that somebody else revived meanwhile are left as they are. */
  private int revive(List<Place> letters) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      int revived = 0;
      try (PreparedStatement update = connection.prepareStatement(REVIVE)) {
        for (Place letter : letters) {
          update.setLong(1, now());
          update.setLong(2, now());
          update.setString(3, letter.id());
          update.addBatch();
        }
        for (int count : update.executeBatch()) {
          revived += count;
        }
        connection.commit();
      } finally {
        connection.rollback();
      }
      return revived;
    }
  }

  private long now() {
    return Place.microsOf(clock.instant());
  }
}
