package io.busyhour.projection.calls;

import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Book.Page;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.account.Accounts;
import io.busyhour.projection.calls.call.Calls;
import io.busyhour.projection.calls.call.Qualities;
import io.busyhour.projection.calls.campaign.Campaigns;
import io.busyhour.projection.calls.dialer.Sessions;
import io.busyhour.projection.calls.dialer.Timers;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.message.Messages;
import io.busyhour.projection.calls.room.Ends;
import io.busyhour.projection.calls.room.Recordings;
import io.busyhour.projection.calls.room.Rooms;
import io.busyhour.projection.calls.webhook.Deliveries;
import io.busyhour.projection.calls.webhook.Workers;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One transaction of the projection on the rows of all kinds. */
final class JpaPage implements Page {
  private final EntityManager em;
  private final SettleQueue waiting;
  private final List<Rows> all;
  private final Map<SettleQueue.Kind, Rows> byKind = new EnumMap<>(SettleQueue.Kind.class);

  JpaPage(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.waiting = waiting;
    Calls calls = new Calls(em, waiting, patience);
    Rooms rooms = new Rooms(em, waiting, patience, calls);
    // A report of quality is counted with its call, which must have heard of it before; so is
    // what happens in a room.
    this.all =
        List.of(
            calls,
            new Qualities(em, waiting, patience),
            new Campaigns(em),
            new Messages(em, waiting, patience),
            new Accounts(em),
            new Timers(em, waiting, patience),
            new Sessions(em, waiting, patience),
            new Deliveries(em, waiting, patience),
            new Workers(em),
            rooms,
            new Recordings(em, waiting, patience, rooms),
            new Ends(em, waiting, patience, rooms, calls));
    for (Rows rows : all) {
      if (rows.kind() != null) {
        byKind.put(rows.kind(), rows);
      }
    }
    em.getTransaction().begin();
  }

  @Override
  public void restore() {
    // A commit may have been made whose success was not heard of: what is cached is not to be
    // trusted.
    em.getEntityManagerFactory().getCache().evictAll();
    waiting.clear();
    all.forEach(Rows::restore);
  }

  @Override
  public void prepare(List<Entry> entries) {
    all.forEach(rows -> rows.prepare(entries));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    all.forEach(rows -> rows.apply(entry, occurrence, changes));
  }

  @Override
  public void settle(Instant until, Fold changes) {
    long now = Micros.of(until);
    for (SettleQueue.Due due = waiting.poll(now); due != null; due = waiting.poll(now)) {
      byKind.get(due.kind()).settle(due.id(), now, changes);
    }
  }

  @Override
  public boolean isDue(Instant until) {
    return waiting.isDue(Micros.of(until));
  }

  @Override
  public int forget(Instant before, int most) {
    int forgotten = 0;
    for (Rows rows : all) {
      forgotten += rows.forget(Micros.of(before), most - forgotten);
      if (forgotten == most) {
        return most;
      }
    }
    return forgotten;
  }

  @Override
  public Connection transaction() {
    return em.unwrap(Connection.class);
  }

  @Override
  public void flush() {
    em.flush();
  }

  @Override
  public void commit() {
    em.getTransaction().commit();
  }

  @Override
  public void close() {
    if (em.getTransaction().isActive()) {
      em.getTransaction().rollback();
    }
    em.close();
  }
}
