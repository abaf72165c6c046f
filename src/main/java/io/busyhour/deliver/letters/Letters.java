package io.busyhour.deliver.letters;

import io.busyhour.deliver.Page;
import io.busyhour.deliver.Place;
import io.busyhour.deliver.Where;
import io.busyhour.deliver.letters.Letter.State;
import io.busyhour.deliver.letters.Letter.Whole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads deliveries from {@code webhook_outbox}, as of the last commit. For any thread. */
final class Letters {
  /** How many rows of a state a page looks at to find those that are meant. */
  static final int LOOKED_AT = 10_000;

  private static final String COLUMNS =
      "select delivery_id, subscription_id, partner_id, event_type, state, queued_at, due_at,"
          + " attempts, done_at, reason";

  private final DataSource database;

  Letters(DataSource database) {
    this.database = database;
  }

  /** A delivery with all that its row has. */
  Optional<Whole> find(String deliveryId) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                COLUMNS + ", payload, history from webhook_outbox where delivery_id = ?")) {
      select.setString(1, deliveryId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Whole(read(row), row.getString("payload"), row.getString("history")))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /**
   * Deliveries, the newest first. Each state is read in the order of its index; what a page would
   * have to look at further is left to the next one.
   *
   * @param after where to read on, or null for the beginning
   */
  Page<Letter> page(Collection<State> states, LetterFilter filter, Place after, int limit) {
    int looked = filter.isOfRows() ? LOOKED_AT : limit + 1;
    List<Letter> all = new ArrayList<>();
    Place horizon = null;
    try (Connection connection = database.getConnection()) {
      for (State state : states) {
        List<Letter> some = newest(connection, state, after, looked);
        all.addAll(some);
        if (some.size() == looked) {
          // Beyond its last one there may be more of this state.
          Place last = some.get(looked - 1).place();
          horizon = horizon == null || last.compareTo(horizon) > 0 ? last : horizon;
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return page(all, filter, horizon, limit);
  }

  private static Page<Letter> page(
      List<Letter> all, LetterFilter filter, Place horizon, int limit) {
    List<Letter> meant =
        all.stream()
            .filter(l -> horizon == null || l.place().compareTo(horizon) >= 0)
            .filter(filter::takes)
            .sorted(Comparator.comparing(Letter::place).reversed())
            .limit(limit + 1L)
            .toList();
    Page<Letter> page = Page.of(meant, limit, Letter::place);
    return page.next() == null ? new Page<>(page.rows(), horizon) : page;
  }

  private static List<Letter> newest(Connection connection, State state, Place after, int most)
      throws SQLException {
    Where where =
        new Where().and("state = ?", state.name()).before(after, "queued_at", "delivery_id");
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + " from webhook_outbox"
                + where.sql()
                + " order by queued_at desc, delivery_id desc limit "
                + most)) {
      where.bind(select, 1);
      List<Letter> read = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          read.add(read(rows));
        }
      }
      return read;
    }
  }

  private static Letter read(ResultSet row) throws SQLException {
    return new Letter(
        row.getString("delivery_id"),
        row.getString("subscription_id"),
        row.getString("partner_id"),
        row.getString("event_type"),
        State.valueOf(row.getString("state")),
        row.getLong("queued_at"),
        row.getObject("due_at", Long.class),
        row.getInt("attempts"),
        row.getObject("done_at", Long.class),
        row.getString("reason"));
  }

  static IllegalStateException unreadable(SQLException e) {
    return new IllegalStateException("the deliveries cannot be read or written", e);
  }
}
