package io.busyhour.deliver.subscription;

import io.busyhour.deliver.Page;
import io.busyhour.deliver.Place;
import io.busyhour.deliver.Where;
import io.busyhour.deliver.subscription.Subscription.State;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * All subscriptions, as rows of {@code webhook_subscriptions}. For any thread; several processes
 * may share a database. Whoever changes one takes turns with the outbox, by the lock of its
 * position: an event that is journaled after the change was answered is queued by what it says.
 */
public final class Subscriptions {
  private final DataSource database;
  private final Keys keys;
  private final InstantSource clock;
  private final Duration overlap;
  private volatile Runnable changed = () -> {};

  /**
   * Those of a database.
   *
   * @param random secrets and ids are made with it
   * @param overlap for how long a secret signs on after it was replaced
   */
  public Subscriptions(
      DataSource database, SecureRandom random, InstantSource clock, Duration overlap) {
    this.database = database;
    this.keys = new Keys(random);
    this.clock = clock;
    this.overlap = overlap;
  }

  /** Has this run after every change that was committed here, by the thread that made it. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /** Tells the listener that there is something to do: a change that was not made here. */
  public void tellChange() {
    changed.run();
  }

  /** Makes one, with a secret of its own: the only one in its list. */
  public Subscription create(Draft draft) {
    return inTurn(
        connection -> {
          Subscription made = made(draft, tip(connection));
          Rows.insert(connection, made);
          return made;
        });
  }

  private Subscription made(Draft draft, long tip) {
    return new Subscription(
        keys.id(),
        draft.partnerId(),
        draft.url(),
        draft.filter(),
        draft.numbersShown(),
        draft.perSecond(),
        List.of(keys.secret()),
        State.ACTIVE,
        now(),
        tip);
  }

  /** The last entry of the journal; clocks may differ or be put back, and places may not. */
  private static long tip(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select position from journal_tip");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** All of them, the oldest first. */
  public List<Subscription> all() {
    try (Connection connection = database.getConnection()) {
      return all(connection);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /** All of them, the oldest first, as a transaction sees them. */
  public List<Subscription> all(Connection connection) throws SQLException {
    return read(connection, new Where(), " order by created_at, id");
  }

  /** The one of an id. */
  public Optional<Subscription> find(String id) {
    try (Connection connection = database.getConnection()) {
      return read(connection, new Where().and("id = ?", id), "").stream().findFirst();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /**
   * A page of them, the newest first.
   *
   * @param partnerId of this partner only, or null for all
   * @param after where to read on, or null for the beginning
   */
  public Page<Subscription> list(String partnerId, Place after, int limit) {
    Where where = new Where().maybe("partner_id = ?", partnerId).before(after, "created_at", "id");
    String end = " order by created_at desc, id desc limit " + (limit + 1);
    try (Connection connection = database.getConnection()) {
      return Page.of(
          read(connection, where, end),
          limit,
          s -> new Place(Place.microsOf(s.createdAt()), s.id()));
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  /**
   * Changes one, unless the change throws.
   *
   * @return what it is then, or empty if there is none of that id
   */
  public Optional<Subscription> change(String id, UnaryOperator<Subscription> change) {
    return inTurn(
        connection -> {
          List<Subscription> found = read(connection, new Where().and("id = ?", id), " for update");
          if (found.isEmpty()) {
            return Optional.empty();
          }
          Subscription after = change.apply(found.get(0));
          Rows.update(connection, after);
          return Optional.of(after);
        });
  }

  /**
   * Gives one a new secret. The one before signs on during the overlap; one before that ceases to.
   */
  public Optional<Subscription> rotate(String id) {
    return change(
        id,
        before -> {
          Secret old = new Secret(before.secrets().get(0).text(), now().plus(overlap));
          return before.signedWith(
              overlap.isZero() ? List.of(keys.secret()) : List.of(keys.secret(), old));
        });
  }

  /** Its endpoint said that it is gone. */
  public void end(String id) {
    change(id, before -> before.in(State.ENDED));
  }

  /** Deletes one, unless there is none. Its deliveries are left to who makes them. */
  public boolean delete(String id) {
    return inTurn(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from webhook_subscriptions where id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate() > 0;
          }
        });
  }

  /** Something that is done in a transaction. */
  private interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /** Does it between two batches of the outbox. */
  private <T> T inTurn(Work<T> work) {
    T result;
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        lock(connection);
        result = work.in(connection);
        connection.commit();
      } finally {
        // Of what was not committed; the pool makes connections commit by themselves again.
        connection.rollback();
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
    tellChange();
    return result;
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position from projection where name = 'outbox' for update")) {
      select.executeQuery().close();
    }
  }

  private List<Subscription> read(Connection connection, Where where, String end)
      throws SQLException {
    Instant now = now();
    try (PreparedStatement select = connection.prepareStatement(Rows.SELECT + where.sql() + end)) {
      where.bind(select, 1);
      List<Subscription> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(Rows.read(rows, now));
        }
      }
      return found;
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static IllegalStateException unreadable(SQLException e) {
    return new IllegalStateException("the subscriptions cannot be read or written", e);
  }
}
