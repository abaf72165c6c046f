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

  /** How many calls have no end; of those that belong to a campaign if asked so. */
  public long openCalls(boolean ofCampaigns) {
    String query = "select count(c) from Call c where c.openSince is not null";
    return count(ofCampaigns ? query + " and c.campaignId is not null" : query);
  }

  private long count(String query) {
    try (EntityManager em = entities.createEntityManager()) {
      return em.createQuery(query, Long.class).getSingleResult();
    }
  }

  /** How many calls of one source have been open for long. */
  public record Stale(String source, long calls) {}

  /** The calls that have been open since before a time, by who spoke of them first. */
  public List<Stale> openSinceBefore(Instant time) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
    try (EntityManager em = entities.createEntityManager()) {
      return em
          .createQuery(
              "select c.source, count(c) from Call c where c.openSince < :time group by c.source",
              Object[].class)
          .setParameter("time", micros)
          .getResultList()
          .stream()
          .map(row -> new Stale((String) row[0], (Long) row[1]))
          .toList();
    }
  }
}
