package io.busyhour.projection.calls;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CampaignEvent;
import io.busyhour.event.MessageEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Book;
import io.busyhour.projection.CallChange;
import io.busyhour.projection.CallChange.Contribution;
import io.busyhour.projection.CallChange.Correction;
import io.busyhour.projection.CallRecord;
import io.busyhour.projection.CampaignChange;
import io.busyhour.projection.CampaignRecord;
import io.busyhour.projection.Fold;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One transaction of the projection on the rows. */
final class JpaPage implements Book.Page {
  private static final Set<Correction> NO_CORRECTION = Set.of();

  private final EntityManager em;
  private final CallRows calls;
  private final SettleQueue waiting;
  private final long settleMicros;

  JpaPage(EntityManager em, SettleQueue waiting, long settleMicros) {
    this.em = em;
    this.calls = new CallRows(em);
    this.waiting = waiting;
    this.settleMicros = settleMicros;
    em.getTransaction().begin();
  }

  @Override
  public void restore() {
    // A commit may have been made whose success was not heard of: what is cached is not to be
    // trusted.
    em.getEntityManagerFactory().getCache().evictAll();
    waiting.clear();
    em.createQuery(
            "select c.counted.due, c.callId from Call c"
                + " where c.openSince is not null and c.counted.due is not null",
            Object[].class)
        .getResultStream()
        .forEach(row -> waiting.add((Long) row[0], (String) row[1]));
  }

  @Override
  public void prepare(List<Entry> entries) {
    calls.prepare(
        entries.stream()
            .flatMap(entry -> entry.delivery().occurrences().stream())
            .map(Occurrence::event)
            .filter(CallEvent.class::isInstance)
            .map(event -> ((CallEvent) event).callId()));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    long at = Micros.of(occurrence.time());
    switch (occurrence.event()) {
      case CallEvent event -> apply(entry, event, at, changes);
      case CampaignEvent.Updated event -> apply(event, at, changes);
      case MessageEvent event -> apply(event, at);
      default -> {
        // It changes no row; the folds have it.
      }
    }
  }

  private void apply(Entry entry, CallEvent event, long at, Fold changes) {
    String source = entry.delivery().key().source();
    CallRow row = calls.find(event.callId());
    CallRecord before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new CallRow(event.callId(), source);
      calls.add(row);
    }
    long receivedAt = Micros.of(entry.receivedAt());
    row.merge(event, source, at);
    boolean isEnd = event instanceof CallEvent.Ended;
    row.counted.heard(receivedAt, entry.delivery().wholeBeginning(), isEnd);
    CallRecord after = row.toRecord();
    Set<Correction> corrections = corrections(row.counted, before, after);
    changes.on(change(row, before, after, receivedAt, corrections));
  }

  private CallChange change(
      CallRow row, CallRecord before, CallRecord after, long now, Set<Correction> corrections) {
    Long wasDue = row.counted.due;
    Set<Contribution> counted = row.count(after, now, settleMicros);
    if (row.counted.due != null && !row.counted.due.equals(wasDue)) {
      waiting.add(row.counted.due, row.callId);
    }
    return new CallChange(before, after, counted, row.counted.counting(), corrections);
  }

  /** What changed of the facts that were counted before this event. */
  private static Set<Correction> corrections(Counted counted, CallRecord before, CallRecord now) {
    if (before == null || !(counted.type || counted.campaign || counted.end)) {
      return NO_CORRECTION;
    }
    Set<Correction> found = EnumSet.noneOf(Correction.class);
    if (counted.type) {
      Object direction = before.beginning().direction();
      ifChanged(direction, now.beginning().direction(), Correction.DIRECTION, found);
    }
    if (counted.campaign || counted.end) {
      Object campaign = before.beginning().campaignId();
      ifChanged(campaign, now.beginning().campaignId(), Correction.CAMPAIGN, found);
      ifChanged(before.beginning().userId(), now.beginning().userId(), Correction.CAMPAIGN, found);
    }
    if (counted.end) {
      ifChanged(before.end().outcome(), now.end().outcome(), Correction.OUTCOME, found);
      ifChanged(before.talkSeconds(), now.talkSeconds(), Correction.DURATION, found);
      BigDecimal cost = before.end().cost();
      ifChanged(cost, now.end().cost(), Correction.COST, found);
    }
    return found;
  }

  private static void ifChanged(
      Object before, Object after, Correction correction, Set<Correction> found) {
    if (!Objects.equals(before, after)) {
      found.add(correction);
    }
  }

  private void apply(CampaignEvent.Updated event, long at, Fold changes) {
    CampaignRow row = em.find(CampaignRow.class, event.campaignId());
    CampaignRecord before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new CampaignRow(event.campaignId());
      em.persist(row);
    }
    row.merge(event, at);
    changes.on(new CampaignChange(before, row.toRecord()));
  }

  private void apply(MessageEvent event, long at) {
    MessageRow row = em.find(MessageRow.class, event.messageId());
    if (row == null) {
      row = new MessageRow(event.messageId());
      em.persist(row);
    }
    row.merge(event, at);
  }

  @Override
  public void settle(Instant until, Fold changes) {
    long now = Micros.of(until);
    for (String id = waiting.poll(now); id != null; id = waiting.poll(now)) {
      CallRow row = calls.find(id);
      if (row != null && row.counted.due != null && row.counted.due <= now) {
        CallRecord call = row.toRecord();
        changes.on(change(row, call, call, now, NO_CORRECTION));
      }
    }
  }

  @Override
  public boolean isDue(Instant until) {
    return waiting.isDue(Micros.of(until));
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
