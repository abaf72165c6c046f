package io.busyhour.projection.calls.call;

import io.busyhour.projection.Book.MadeOf;
import io.busyhour.projection.Book.Stale;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.history.CallFilter;
import io.busyhour.projection.calls.history.CallPage;
import io.busyhour.projection.calls.history.Place;
import io.busyhour.projection.change.CallRecord;
import jakarta.persistence.CacheStoreMode;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked about calls, as of the last commit. */
public final class CallQueries {
  // What a reader finds is not put into the cache: meanwhile the row may be deleted, and the
  // projection, finding it there, would change a row that is gone.
  private static final Map<String, Object> READ_ONLY =
      Map.of("jakarta.persistence.cache.storeMode", CacheStoreMode.BYPASS);

  private CallQueries() {}

  /** A call by its id. */
  public static Optional<CallRecord> call(EntityManager em, String callId) {
    return Optional.ofNullable(em.find(CallRow.class, callId, READ_ONLY)).map(CallRow::toRecord);
  }

  /** Calls of a filter, newest first, after a place or from the newest on. */
  public static CallPage calls(EntityManager em, CallFilter filter, Place after, int limit) {
    return new CallList(em, filter).after(after, limit);
  }

  /** What a call is made of. */
  public static Optional<MadeOf> madeOf(EntityManager em, String callId) {
    return Optional.ofNullable(em.find(CallRow.class, callId, READ_ONLY))
        .map(row -> new MadeOf(row.entries.positions(), row.entries.leftOut()));
  }

  /** The calls that have been open since before a time, by who spoke of them first. */
  public static List<Stale> openSinceBefore(EntityManager em, Instant time) {
    return em
        .createQuery(
            "select c.source, count(c) from Call c"
                + " where c.openSince < :time and c.outcome is null group by c.source",
            Object[].class)
        .setParameter("time", Micros.of(time))
        .getResultList()
        .stream()
        .map(row -> new Stale((String) row[0], (Long) row[1]))
        .toList();
  }

  /** How many {@link #open} gives without a limit. */
  public static long openCount(EntityManager em, Instant begun, Instant heard) {
    return em.createQuery(
            "select count(c) from Call c where c.openSince < :begun and c.outcome is null"
                + " and c.counted.firstReceivedAt < :heard",
            Long.class)
        .setParameter("begun", Micros.of(begun))
        .setParameter("heard", Micros.of(heard))
        .getSingleResult();
  }

  /** The open calls that began and were heard of before these times, the oldest first. */
  public static List<CallRecord> open(EntityManager em, Instant begun, Instant heard, int limit) {
    return em
        .createQuery(
            "select c from Call c where c.openSince < :begun and c.outcome is null"
                + " and c.counted.firstReceivedAt < :heard order by c.openSince, c.callId",
            CallRow.class)
        .setParameter("begun", Micros.of(begun))
        .setParameter("heard", Micros.of(heard))
        .setMaxResults(limit)
        .setCacheStoreMode(CacheStoreMode.BYPASS)
        .getResultList()
        .stream()
        .map(CallRow::toRecord)
        .toList();
  }
}
