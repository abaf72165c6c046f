package io.busyhour.deliver.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.deliver.Place;
import io.busyhour.deliver.subscription.Subscription.State;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Subscriptions as rows of their table. */
final class Rows {
  static final String SELECT =
      "select id, partner_id, url, events, accounts, trunks, numbers_shown, per_second, secret,"
          + " old_secret, old_secret_until, state, created_at,"
          + " since_position from webhook_subscriptions";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Rows() {}

  /** The row that a result stands at; a secret that ceased to sign is left out. */
  static Subscription read(ResultSet row, Instant now) throws SQLException {
    return new Subscription(
        row.getString("id"),
        row.getString("partner_id"),
        URI.create(row.getString("url")),
        new Filter(
            set(row.getString("events")),
            set(row.getString("accounts")),
            set(row.getString("trunks"))),
        row.getBoolean("numbers_shown"),
        row.getInt("per_second"),
        secrets(row, now),
        State.valueOf(row.getString("state")),
        Place.time(row.getLong("created_at")),
        row.getLong("since_position"));
  }

  private static List<Secret> secrets(ResultSet row, Instant now) throws SQLException {
    List<Secret> secrets = new ArrayList<>();
    secrets.add(new Secret(row.getString("secret"), null));
    String old = row.getString("old_secret");
    if (old != null) {
      Instant until = Place.time(row.getLong("old_secret_until"));
      if (now.isBefore(until)) {
        secrets.add(new Secret(old, until));
      }
    }
    return secrets;
  }

  static void insert(Connection connection, Subscription subscription) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into webhook_subscriptions (url, events, accounts, trunks, numbers_shown,"
                + " per_second, secret, old_secret, old_secret_until, state, partner_id,"
                + " created_at, since_position, id)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      int next = bind(insert, subscription);
      insert.setString(next, subscription.partnerId());
      insert.setLong(next + 1, Place.microsOf(subscription.createdAt()));
      insert.setLong(next + 2, subscription.since());
      insert.setString(next + 3, subscription.id());
      insert.executeUpdate();
    }
  }

  static void update(Connection connection, Subscription subscription) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update webhook_subscriptions set url = ?, events = ?, accounts = ?, trunks = ?,"
                + " numbers_shown = ?, per_second = ?, secret = ?, old_secret = ?,"
                + " old_secret_until = ?, state = ? where id = ?")) {
      update.setString(bind(update, subscription), subscription.id());
      update.executeUpdate();
    }
  }

  /** Sets what may change, and gives the index of the parameter that follows. */
  private static int bind(PreparedStatement statement, Subscription s) throws SQLException {
    int index = 1;
    statement.setString(index++, s.url().toString());
    statement.setString(index++, json(s.filter().events()));
    statement.setString(index++, json(s.filter().accounts()));
    statement.setString(index++, json(s.filter().trunks()));
    statement.setBoolean(index++, s.numbersShown());
    statement.setInt(index++, s.perSecond());
    statement.setString(index++, s.secrets().get(0).text());
    if (s.secrets().size() > 1) {
      statement.setString(index++, s.secrets().get(1).text());
      statement.setLong(index++, Place.microsOf(s.secrets().get(1).until()));
    } else {
      statement.setNull(index++, Types.VARCHAR);
      statement.setNull(index++, Types.BIGINT);
    }
    statement.setString(index++, s.state().name());
    return index;
  }

  private static String json(Set<String> texts) {
    try {
      return JSON.writeValueAsString(new TreeSet<>(texts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts cannot be written", e);
    }
  }

  private static Set<String> set(String json) {
    try {
      return Set.of(JSON.readValue(json, String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of webhook_subscriptions cannot be read", e);
    }
  }
}
