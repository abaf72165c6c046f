package io.busyhour.projection.calls.call;

import jakarta.persistence.Cache;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows of calls that one transaction works on. Asking for each new call by itself would cost a
 * query that finds nothing, so the ids of a batch are asked for together.
 */
final class CallRows {
  // As many parameters each time, so that the statement is prepared once.
  private static final int ASKED = 200;

  private final EntityManager em;
  private final Map<String, CallRow> found = new HashMap<>();
  private final Set<String> missing = new HashSet<>();

  CallRows(EntityManager em) {
    this.em = em;
  }

  void prepare(Stream<String> ids) {
    Cache cache = em.getEntityManagerFactory().getCache();
    List<String> unknown = ids.distinct().filter(id -> !cache.contains(CallRow.class, id)).toList();
    for (int from = 0; from < unknown.size(); from += ASKED) {
      ask(unknown.subList(from, Math.min(unknown.size(), from + ASKED)));
    }
  }

  private void ask(List<String> ids) {
    List<String> padded = new ArrayList<>(ids);
    while (padded.size() < ASKED) {
      padded.add(ids.getLast());
    }
    missing.addAll(ids);
    em.createQuery("select c from Call c where c.callId in :ids", CallRow.class)
        .setParameter("ids", padded)
        .getResultList()
        .forEach(
            row -> {
              found.put(row.callId, row);
              missing.remove(row.callId);
            });
  }

  /** The row of a call, or null if there is none. */
  CallRow find(String id) {
    if (missing.contains(id)) {
      return null;
    }
    return found.computeIfAbsent(id, i -> em.find(CallRow.class, i));
  }

  void add(CallRow row) {
    em.persist(row);
    missing.remove(row.callId);
    found.put(row.callId, row);
  }
}
