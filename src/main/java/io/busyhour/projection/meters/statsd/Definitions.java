package io.busyhour.projection.meters.statsd;

import io.busyhour.event.StatsdEvent.Metric;
import io.busyhour.projection.LabelText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The families that there are, of which there are at most so many, and their table. */
final class Definitions {
  private final int most;
  private final Map<String, Definition> byModel = new LinkedHashMap<>();

  Definitions(int most) {
    this.most = most;
  }

  Collection<Definition> all() {
    return byModel.values();
  }

  /**
   * The family of a metric: by its first name, or by the other where that is one of another kind. A
   * new one has no labels yet.
   *
   * @return null where there is no room for one more, or both names are taken
   */
  Definition find(Kind kind, Metric metric) {
    Definition first = named(kind, kind.family(metric.name()));
    return first == null || first.kind == kind
        ? first
        : ofKind(kind, named(kind, kind.otherFamily(metric.name())));
  }

  private static Definition ofKind(Kind kind, Definition found) {
    return found == null || found.kind == kind ? found : null;
  }

  private Definition named(Kind kind, String family) {
    String model = kind.modelName(family);
    Definition known = byModel.get(model);
    if (known == null && byModel.size() < most) {
      known = new Definition(family, kind);
      byModel.put(model, known);
    }
    return known;
  }

  /** The values of a metric's tags by their labels; the order does not depend on the sender's. */
  static Map<String, String> labels(Metric metric) {
    Map<String, String> labels = new LinkedHashMap<>();
    new TreeMap<>(metric.tags()).forEach((tag, value) -> labels.put(LabelName.of(tag), value));
    return labels;
  }

  /** Reads the families again; those of which no series is left are forgotten. */
  void restore(Connection transaction) throws SQLException {
    byModel.clear();
    try (Statement statement = transaction.createStatement()) {
      statement.executeUpdate(
          "delete from statsd_families where name not in (select family from series)");
      try (ResultSet rows =
          statement.executeQuery("select name, kind, labels from statsd_families order by name")) {
        while (rows.next()) {
          Kind kind = Kind.valueOf(rows.getString(2));
          List<String> labels = LabelText.read(rows.getString(3));
          Definition family = new Definition(rows.getString(1), kind, labels);
          byModel.put(kind.modelName(family.name), family);
        }
      }
    }
  }

  /** Writes the families that are new or have more labels. */
  void save(Connection transaction) throws SQLException {
    List<Definition> changed = new ArrayList<>();
    for (Definition family : byModel.values()) {
      if (family.isChanged()) {
        changed.add(family);
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
            transaction.prepareStatement(
                "insert into statsd_families (labels, kind, name) values (?, ?, ?)");
        PreparedStatement update =
            transaction.prepareStatement(
                "update statsd_families set labels = ?, kind = ? where name = ?")) {
      for (Definition family : changed) {
        PreparedStatement statement = family.isStored() ? update : insert;
        statement.setString(1, LabelText.write(family.labels()));
        statement.setString(2, family.kind.name());
        statement.setString(3, family.name);
        statement.addBatch();
        family.saved();
      }
      insert.executeBatch();
      update.executeBatch();
    }
  }
}
