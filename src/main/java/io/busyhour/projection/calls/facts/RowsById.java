package io.busyhour.projection.calls.facts;

import jakarta.persistence.Cache;
import jakarta.persistence.EntityManager;
import jakarta.persistence.metamodel.EntityType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of one kind that one transaction works on. Asking for each new one by itself would cost
 * a query that finds nothing, so the ids of a batch are asked for together.
 */
public final class RowsById<R> {
  // As many parameters each time, so that the statement is prepared once.
  private static final int ASKED = 200;

  private final EntityManager em;
  private final Class<R> type;
  private final Function<R, String> idOf;
  private final Map<String, R> found = new HashMap<>();
  private final Set<String> missing = new HashSet<>();

  /** Rows of an entity's class within the transaction of an entity manager. */
  public RowsById(EntityManager em, Class<R> type, Function<R, String> idOf) {
    this.em = em;
    this.type = type;
    this.idOf = idOf;
  }

  /** Asks for the rows of these ids. */
  public void prepare(Stream<String> ids) {
    Cache cache = em.getEntityManagerFactory().getCache();
    List<String> unknown = ids.distinct().filter(id -> !cache.contains(type, id)).toList();
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
    EntityType<R> entity = em.getMetamodel().entity(type);
    String id = entity.getId(String.class).getName();
    em.createQuery("select r from %s r where r.%s in :ids".formatted(entity.getName(), id), type)
        .setParameter("ids", padded)
        .getResultList()
        .forEach(
            row -> {
              found.put(idOf.apply(row), row);
              missing.remove(idOf.apply(row));
            });
  }

  /** The row of an id, or null if there is none. */
  public R find(String id) {
    if (missing.contains(id)) {
      return null;
    }
    return found.computeIfAbsent(id, i -> em.find(type, i));
  }

  /** Has a new row written. */
  public void add(R row) {
    em.persist(row);
    missing.remove(idOf.apply(row));
    found.put(idOf.apply(row), row);
  }
}
