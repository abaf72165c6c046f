package io.busyhour.projection.windows.rollup;

import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.projection.windows.sliding.Bucket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Reads the figures of spans of time, as of the last commit; for any thread. What is read depends
 * on the spans that are asked for, never on how many calls there were.
 */
public final class Rollups {
  /** To which times any span that is asked for is rounded down. */
  public static final Duration GRAIN = Duration.ofMinutes(5);

  private final DataSource database;

  /** Those of a database. */
  public Rollups(DataSource database) {
    this.database = database;
  }

  /**
   * The figures of one span.
   *
   * @param start its beginning, in UTC
   * @param figures of its calls, all 0 where there were none
   */
  public record Span(Instant start, Figures figures) {}

  /** Begins to read: everything that is read until it is closed is of the same moment. */
  public Moment moment() {
    try {
      Connection connection = database.getConnection();
      try {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return new Moment(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static IllegalStateException unreadable(SQLException e) {
    return new IllegalStateException("the rollups cannot be read", e);
  }

  /** A transaction that only reads; for one thread, and not for long. */
  public static final class Moment implements AutoCloseable {
    private final Connection connection;

    private Moment(Connection connection) {
      this.connection = connection;
    }

    /**
     * All calls that began from one time until another, within the last 48 hours; the first is
     * rounded down to {@link #GRAIN}, the second up.
     */
    public Figures started(Instant from, Instant until, Detail detail) {
      return sum(Kind.STARTED, "", Part.of(from, until), detail);
    }

    /** All calls that ended from one time until another, as {@link #started}. */
    public Figures ended(Instant from, Instant until, Detail detail) {
      long start = Step.FIVE_MINUTES.start(from.getEpochSecond());
      Part part = new Part(Step.FIVE_MINUTES, start, until.getEpochSecond() + 1);
      return sum(Kind.ENDED, "", List.of(part), detail);
    }

    /**
     * How the calls ended that ended last by themselves, the newest first.
     *
     * @param since calls that ended before are left out
     * @param limit up to 20
     */
    public List<Outcome> latestEnds(Instant since, int limit) {
      try {
        return LatestEnds.since(connection, since, limit);
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    private Figures sum(Kind kind, String label, List<Part> parts, Detail detail) {
      Figures sum = new Figures();
      for (Part part : parts) {
        read(kind, label, part, detail, (start, bucket) -> sum.add(bucket));
      }
      return sum;
    }

    /** The reasons for which most calls failed that began within a time, as {@link #started}. */
    public Map<String, Long> failures(Instant from, Instant until, int limit) {
      Map<String, Long> largest = new LinkedHashMap<>();
      largest(Kind.FAILURE, Part.of(from, until), limit)
          .forEach(n -> largest.put(n.label, n.total));
      return largest;
    }

    /**
     * The groups that have most calls within a time, and their figures.
     *
     * @param from the hour in which it begins counts as a whole
     * @param limit how many groups at most
     */
    public Map<String, Figures> largest(Kind kind, Instant from, Instant until, int limit) {
      List<Part> parts = Part.inHours(from, until);
      Map<String, Figures> largest = new LinkedHashMap<>();
      for (Numbered group : largest(kind, parts, limit)) {
        largest.put(group.label, sum(kind, group.label, parts, Detail.COUNTS));
      }
      return largest;
    }

    private record Numbered(String label, long total) {}

    private List<Numbered> largest(Kind kind, List<Part> parts, int limit) {
      Map<String, Long> totals = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              "select label, sum(total) from rollup where kind = ? and step_seconds = ?"
                  + " and start_second >= ? and start_second < ? group by label")) {
        for (Part part : parts) {
          select.setString(1, Words.of(kind));
          bind(select, 2, part);
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              totals.merge(rows.getString(1), rows.getLong(2), Long::sum);
            }
          }
        }
      } catch (SQLException e) {
        throw unreadable(e);
      }
      return totals.entrySet().stream()
          .filter(group -> group.getValue() > 0)
          .map(group -> new Numbered(group.getKey(), group.getValue()))
          .sorted(
              Comparator.comparingLong(Numbered::total).reversed().thenComparing(Numbered::label))
          .limit(limit)
          .toList();
    }

    /**
     * As many hours as are asked for, the running one last.
     *
     * @param label which group of the kind, empty where it has one only
     * @param count 1 to 2160
     */
    public List<Span> hours(Kind kind, String label, Instant now, int count, Detail detail) {
      return spans(kind, label, Step.HOUR, now, count, detail);
    }

    /**
     * As many days of UTC as are asked for, the running one last.
     *
     * @param label as for {@link #hours}
     * @param count 1 to 400
     */
    public List<Span> days(Kind kind, String label, Instant now, int count, Detail detail) {
      return spans(kind, label, Step.DAY, now, count, detail);
    }

    private List<Span> spans(
        Kind kind, String label, Step step, Instant now, int count, Detail detail) {
      long last = step.start(now.getEpochSecond());
      long first = last - (count - 1L) * step.seconds();
      List<Span> spans = new ArrayList<>(count);
      for (long start = first; start <= last; start += step.seconds()) {
        spans.add(new Span(Instant.ofEpochSecond(start), new Figures()));
      }
      Part part = new Part(step, first, last + step.seconds());
      read(
          kind,
          label,
          part,
          detail,
          (start, bucket) ->
              spans.get((int) ((start - first) / step.seconds())).figures().add(bucket));
      return spans;
    }

    private void read(Kind kind, String label, Part part, Detail detail, Taker each) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select start_second, state from rollup where kind = ? and label = ?"
                  + " and step_seconds = ? and start_second >= ? and start_second < ?")) {
        select.setString(1, Words.of(kind));
        select.setString(2, label);
        bind(select, 3, part);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            each.take(rows.getLong(1), bucket(rows.getString(2), detail));
          }
        }
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }

    private static Bucket bucket(String state, Detail detail) {
      return detail == Detail.COUNTS
          ? Bucket.parseWithoutValues(Figure.COUNT, state)
          : Bucket.parse(Figure.COUNT, state);
    }

    private static void bind(PreparedStatement select, int first, Part part) throws SQLException {
      select.setInt(first, part.step().seconds());
      select.setLong(first + 1, part.from());
      select.setLong(first + 2, part.until());
    }

    /** Lets the connection go. */
    @Override
    public void close() {
      try (Connection open = connection) {
        open.rollback();
      } catch (SQLException e) {
        throw unreadable(e);
      }
    }
  }

  /** Takes the figures of a span. */
  private interface Taker {
    void take(long start, Bucket bucket);
  }
}
