package io.busyhour.deliver.letters;

import io.busyhour.deliver.Place;
import io.busyhour.deliver.letters.Letter.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Deletes deliveries that were done long enough ago. For any thread. */
public final class OldDeliveries {
  private final DataSource database;
  private final Duration deliveredKept;
  private final Duration deadKept;
  private final InstantSource clock;

  /**
   * Those of a database.
   *
   * @param deliveredKept how long what was delivered is kept
   * @param deadKept how long dead letters are kept
   */
  public OldDeliveries(
      DataSource database, Duration deliveredKept, Duration deadKept, InstantSource clock) {
    this.database = database;
    this.deliveredKept = deliveredKept;
    this.deadKept = deadKept;
    this.clock = clock;
  }

  /**
   * Deletes some of them, in a transaction.
   *
   * @param most how many at most
   * @return how many it deleted; fewer than the most if there are no more
   */
  public int delete(int most) {
    try (Connection connection = database.getConnection()) {
      int delivered = delete(connection, State.DELIVERED, deliveredKept, most);
      return delivered + delete(connection, State.DEAD, deadKept, most - delivered);
    } catch (SQLException e) {
      throw Letters.unreadable(e);
    }
  }

  /** Nothing is done before it is queued, and it is by that time that there is an index. */
  private int delete(Connection connection, State state, Duration kept, int most)
      throws SQLException {
    if (most == 0) {
      return 0;
    }
    long until = Place.microsOf(clock.instant().minus(kept));
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from webhook_outbox where delivery_id in (select delivery_id from"
                + " webhook_outbox where state = ? and queued_at < ? and done_at < ?"
                + " order by queued_at, delivery_id limit "
                + most
                + ")")) {
      delete.setString(1, state.name());
      delete.setLong(2, until);
      delete.setLong(3, until);
      return delete.executeUpdate();
    }
  }
}
