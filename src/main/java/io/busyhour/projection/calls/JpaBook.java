package io.busyhour.projection.calls;

import io.busyhour.projection.Book;
import io.busyhour.projection.calls.call.CallQueries;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.history.CallFilter;
import io.busyhour.projection.calls.history.CallPage;
import io.busyhour.projection.calls.history.Place;
import io.busyhour.projection.change.CallRecord;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows behind JPA. Written by the projection's thread, read by any. */
public final class JpaBook implements Book {
  private final EntityManagerFactory entities;
  private final Patience patience;
  private final SettleQueue waiting = new SettleQueue();

  /**
   * @param patience how long rows wait for facts that are missing
   */
  public JpaBook(EntityManagerFactory entities, Patience patience) {
    this.entities = entities;
    this.patience = patience;
  }

  @Override
  public Page begin() {
    return new JpaPage(entities.createEntityManager(), waiting, patience);
  }

  @Override
  public Optional<CallRecord> call(String callId) {
    try (EntityManager em = entities.createEntityManager()) {
      return CallQueries.call(em, callId);
    }
  }

  @Override
  public CallPage calls(CallFilter filter, Place after, int limit) {
    try (EntityManager em = entities.createEntityManager()) {
      return CallQueries.calls(em, filter, after, limit);
    }
  }

  @Override
  public Optional<MadeOf> madeOf(String callId) {
    try (EntityManager em = entities.createEntityManager()) {
      return CallQueries.madeOf(em, callId);
    }
  }

  @Override
  public List<Stale> openSinceBefore(Instant time) {
    try (EntityManager em = entities.createEntityManager()) {
      return CallQueries.openSinceBefore(em, time);
    }
  }

  @Override
  public List<CallRecord> open(Instant begun, Instant heard, int limit) {
    try (EntityManager em = entities.createEntityManager()) {
      return CallQueries.open(em, begun, heard, limit);
    }
  }

  @Override
  public long openCount(Instant begun, Instant heard) {
    try (EntityManager em = entities.createEntityManager()) {
      return CallQueries.openCount(em, begun, heard);
    }
  }
}
