package io.busyhour.projection.calls.call;

import io.busyhour.event.Outcome;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.history.CallFilter;
import io.busyhour.projection.calls.history.CallPage;
import io.busyhour.projection.calls.history.Place;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.CacheStoreMode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads calls newest first, a page at a time, from the index of one of the filter's conditions. The
 * order begins with that condition's column though it is the same in all rows: H2 reads on in an
 * index only if it is named whole. With further conditions at most {@value #LOOKED_AT} calls are
 * looked at (and those that began in the same microsecond as the last), so a page may have fewer
 * calls than asked for, or none, and yet not be the last.
 */
final class CallList {
  private static final int LOOKED_AT = 10_000;

  /** A condition that has an index; {@code value} is null for a column that is. */
  private record Condition(String column, String value) {}

  private final EntityManager em;
  private final List<Condition> conditions = new ArrayList<>();
  private final long since;
  private final long until;

  CallList(EntityManager em, CallFilter filter) {
    this.em = em;
    since = filter.since() == null ? Long.MIN_VALUE : Micros.of(filter.since());
    until = filter.until() == null ? Long.MAX_VALUE : Micros.of(filter.until());
    // The one that is likely to hold for the fewest calls first: its index is read.
    add("campaign_id", filter.campaign());
    add("trunk", filter.trunk());
    add("account", filter.account());
    if (filter.status() != null) {
      Outcome outcome = filter.status().outcome();
      conditions.add(new Condition("outcome", outcome == null ? null : outcome.name()));
    }
  }

  private void add(String column, String value) {
    if (value != null) {
      conditions.add(new Condition(column, value));
    }
  }

  CallPage after(Place place, int limit) {
    Place from = place == null || place.startedAt() >= until ? new Place(until, "") : place;
    List<CallRow> rows = new ArrayList<>();
    if (!from.callId().isEmpty() && from.startedAt() >= since) {
      String same = "started_at = ?2 and call_id < ?3";
      rows.addAll(rows(same, limit + 1, from.startedAt(), from.callId()));
    }
    Long farthest = conditions.size() > 1 ? farthest(from) : null;
    long to = farthest == null ? since : farthest;
    if (rows.size() <= limit) {
      String before = "started_at < ?2 and started_at >= ?3";
      rows.addAll(rows(before, limit + 1 - rows.size(), from.startedAt(), to));
    }
    if (rows.size() > limit) {
      CallRow last = rows.get(limit - 1);
      return page(rows.subList(0, limit), new Place(last.startedAt, last.callId));
    }
    return page(rows, farthest == null ? null : new Place(farthest, ""));
  }

  private static CallPage page(List<CallRow> rows, Place next) {
    return new CallPage(rows.stream().map(CallRow::toRecord).toList(), next);
  }

  /** When the call began beyond which this page does not look, or null if there is none. */
  private Long farthest(Place from) {
    Condition first = conditions.getFirst();
    Query query =
        em.createNativeQuery(
            "select started_at from calls where "
                + sql(first, 1)
                + " and started_at < ?2 and started_at >= ?3"
                + order()
                + " offset "
                + LOOKED_AT
                + " rows fetch first 1 rows only");
    bind(query, 1, first);
    List<?> found = query.setParameter(2, from.startedAt()).setParameter(3, since).getResultList();
    return found.isEmpty() ? null : Long.valueOf(((Number) found.getFirst()).longValue());
  }

  private List<CallRow> rows(String range, int limit, Object from, Object to) {
    StringBuilder sql = new StringBuilder("select * from calls where ").append(range);
    for (int i = 0; i < conditions.size(); i++) {
      sql.append(" and ").append(sql(conditions.get(i), parameter(i)));
    }
    sql.append(order()).append(" fetch first ").append(limit).append(" rows only");
    Query query = em.createNativeQuery(sql.toString(), CallRow.class);
    query.setParameter(2, from).setParameter(3, to);
    for (int i = 0; i < conditions.size(); i++) {
      bind(query, parameter(i), conditions.get(i));
    }
    // The cache is for the calls that events come of.
    query.setCacheRetrieveMode(CacheRetrieveMode.BYPASS).setCacheStoreMode(CacheStoreMode.BYPASS);
    List<CallRow> rows = new ArrayList<>();
    for (Object row : query.getResultList()) {
      rows.add((CallRow) row);
    }
    return rows;
  }

  private static int parameter(int condition) {
    return condition == 0 ? 1 : condition + 3;
  }

  private static String sql(Condition condition, int parameter) {
    return condition.value() == null
        ? condition.column() + " is null"
        : condition.column() + " = ?" + parameter;
  }

  private static void bind(Query query, int parameter, Condition condition) {
    if (condition.value() != null) {
      query.setParameter(parameter, condition.value());
    }
  }

  private String order() {
    String first = conditions.isEmpty() ? "" : conditions.getFirst().column() + " desc, ";
    return " order by " + first + "started_at desc, call_id desc";
  }
}
