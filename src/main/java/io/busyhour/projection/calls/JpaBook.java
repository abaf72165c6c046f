package io.busyhour.projection.calls;

import io.busyhour.projection.Book;
import io.busyhour.projection.CallRecord;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The rows behind JPA. Written by the projection's thread, read by any. */
public final class JpaBook implements Book {
  private final EntityManagerFactory entities;
  private final long settleMicros;
  private final SettleQueue waiting = new SettleQueue();

  /**
   * @param settle how long a contribution to a counter waits for facts that are missing
   */
  public JpaBook(EntityManagerFactory entities, Duration settle) {
    this.entities = entities;
    this.settleMicros = settle.toNanos() / 1000;
  }

  @Override
  public Page begin() {
    return new JpaPage(entities.createEntityManager(), waiting, settleMicros);
  }

  @Override
  public Optional<CallRecord> call(String callId) {
    try (EntityManager em = entities.createEntityManager()) {
      return Optional.ofNullable(em.find(CallRow.class, callId)).map(CallRow::toRecord);
    }
  }

  @Override
  public List<Stale> openSinceBefore(Instant time) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    try (EntityManager em = entities.createEntityManager()) {
      return em
          .createQuery(
              "select c.source, count(c) from Call c"
                  + " where c.openSince < :time and c.outcome is null group by c.source",
              Object[].class)
          .setParameter("time", micros)
          .getResultList()
          .stream()
          .map(row -> new Stale((String) row[0], (Long) row[1]))
          .toList();
    }
  }
}
