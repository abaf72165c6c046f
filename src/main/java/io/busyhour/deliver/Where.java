package io.busyhour.deliver;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a statement and their values. Not for several threads. */
public final class Where {
  private final StringBuilder text = new StringBuilder(" where 1 = 1");
  private final List<Object> values = new ArrayList<>();

  /**
   * Adds a condition.
   *
   * @param condition never of what somebody sent
   * @param its a value for each question mark
   */
  public Where and(String condition, Object... its) {
    text.append(" and ").append(condition);
    values.addAll(List.of(its));
    return this;
  }

  /** Adds a condition, unless its only value is null: then it does not matter. */
  public Where maybe(String condition, Object value) {
    return value == null ? this : and(condition, value);
  }

  /** What is older than a place, unless it is null. */
  public Where before(Place place, String time, String id) {
    return place == null
        ? this
        : and(
            "%1$s <= ? and (%1$s < ? or %2$s < ?)".formatted(time, id),
            place.micros(),
            place.micros(),
            place.id());
  }

  /** What is newer than a place, unless it is null. */
  public Where after(Place place, String time, String id) {
    return place == null
        ? this
        : and(
            "%1$s >= ? and (%1$s > ? or %2$s > ?)".formatted(time, id),
            place.micros(),
            place.micros(),
            place.id());
  }

  /** As SQL. */
  public String sql() {
    return text.toString();
  }

  /** Sets the values, and gives the index of the parameter that follows them. */
  public int bind(PreparedStatement statement, int first) throws SQLException {
    int index = first;
    for (Object value : values) {
      statement.setObject(index++, value);
    }
    return index;
  }
}
