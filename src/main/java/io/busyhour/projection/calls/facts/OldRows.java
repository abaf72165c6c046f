package io.busyhour.projection.calls.facts;

import jakarta.persistence.EntityManager;
import jakarta.persistence.metamodel.EntityType;
import java.util.List;

/** Deletes rows that are kept long enough, those first that were heard of first. */
public final class OldRows {
  private OldRows() {}

  /**
   * The condition that a column of times is empty. Written as such, H2 would read the rows by that
   * column's index, all of them, and sort them for each step.
   */
  public static String nothingIn(String column) {
    return "coalesce(" + column + ", 0) = 0";
  }

  /**
   * Deletes some rows, of which nothing may wait.
   *
   * @param heard the column by whose order they go; it has an index
   * @param done what else must hold of a row {@code r}, which may ask for {@code :before}
   * @param beforeMicros nothing was heard of them since
   * @return how many; fewer than asked for when none are left
   */
  public static <R> int delete(
      EntityManager em, Class<R> type, String heard, String done, long beforeMicros, int most) {
    EntityType<R> entity = em.getMetamodel().entity(type);
    // They are read and removed one by one, in one batch: so the cache forgets them with the
    // commit, and nothing else.
    List<R> rows =
        em.createQuery(
                "select r from %s r where r.%s < :before and %s order by r.%s"
                    .formatted(entity.getName(), heard, done, heard),
                type)
            .setParameter("before", beforeMicros)
            .setMaxResults(most)
            .getResultList();
    rows.forEach(em::remove);
    return rows.size();
  }
}
