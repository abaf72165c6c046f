package io.busyhour.projection.calls.webhook;

import io.busyhour.event.Event;
import io.busyhour.event.Occurrence;
import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.GivenUp;
import io.busyhour.event.WebhookEvent.Queued;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.OldRows;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.RowsById;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import io.busyhour.projection.change.DeliveryChange;
import io.busyhour.projection.change.DeliveryChange.Contribution;
import io.busyhour.projection.change.DeliveryChange.Correction;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Deliveries of webhooks by outside workers. An attempt counts at once where it says what it was
 * of, or where that it was queued is known; else it waits. That a delivery was given up counts when
 * no success of it was heard of in the time to settle.
 */
public final class Deliveries implements Rows {
  private static final String DONE =
      OldRows.nothingIn("r.due")
          + " and (r.deliveredAt is null or r.deliveredAt < :before)"
          + " and (r.deadAt is null or r.deadAt < :before)";
  private static final Set<Correction> NO_CORRECTION = Set.of();

  private final EntityManager em;
  private final RowsById<DeliveryRow> rows;
  private final Attempts attempts;
  private final SettleQueue waiting;
  private final long settleMicros;

  /** Deliveries within the transaction of an entity manager. */
  public Deliveries(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.rows = new RowsById<>(em, DeliveryRow.class, row -> row.deliveryId);
    this.attempts = new Attempts(em);
    this.waiting = waiting;
    this.settleMicros = patience.settleMicros();
  }

  @Override
  public Kind kind() {
    return Kind.DELIVERY;
  }

  @Override
  public void restore() {
    em.createQuery(
            "select d.due, d.deliveryId from Delivery d where d.due is not null", Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.DELIVERY, (String) row[1], (Long) row[0]));
  }

  @Override
  public void prepare(List<Entry> entries) {
    rows.prepare(
        entries.stream()
            .flatMap(entry -> entry.delivery().occurrences().stream())
            .map(occurrence -> deliveryId(occurrence.event()))
            .filter(Objects::nonNull));
  }

  /** The delivery that an event is about, or null if it is about none. */
  private static String deliveryId(Event event) {
    return switch (event) {
      case Queued said -> said.deliveryId();
      case Attempted said -> said.deliveryId();
      case GivenUp said -> said.deliveryId();
      default -> null;
    };
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    String deliveryId = deliveryId(occurrence.event());
    if (deliveryId == null) {
      return;
    }
    long at = Micros.of(occurrence.time());
    long now = Micros.of(entry.receivedAt());
    DeliveryRow row = rows.find(deliveryId);
    if (row == null) {
      row = new DeliveryRow(deliveryId, now);
      rows.add(row);
    }
    switch (occurrence.event()) {
      case Attempted said -> attempted(row, said, at, now, changes);
      case GivenUp said -> givenUp(row, said, at, now, changes);
      default -> queued(row, (Queued) occurrence.event(), at, now, changes);
    }
  }

  private void givenUp(DeliveryRow row, GivenUp said, long at, long now, Fold changes) {
    DeliveryRow.Facts before = row.facts();
    row.merge(said, at, now);
    tell(row, List.of(), now, row.corrections(before), changes);
  }

  private void queued(DeliveryRow row, Queued said, long at, long now, Fold changes) {
    DeliveryRow.Facts before = row.facts();
    row.merge(said, at);
    Set<Correction> corrections = row.corrections(before);
    tell(row, attempts.take(row, now), now, corrections, changes);
  }

  private void attempted(DeliveryRow row, Attempted said, long at, long now, Fold changes) {
    DeliveryRow.Facts before = row.facts();
    row.merge(said, at, now);
    Set<Correction> corrections = row.corrections(before);
    boolean complete = said.eventType() != null && said.partnerId() != null;
    if (complete || row.isDescribed()) {
      tell(row, List.of(said), now, corrections, changes);
    } else {
      attempts.add(row, said, now);
      tell(row, List.of(), now, corrections, changes);
    }
  }

  private void tell(
      DeliveryRow row,
      List<Attempted> counted,
      long now,
      Set<Correction> corrections,
      Fold changes) {
    Set<Contribution> made = row.count(counted, now, settleMicros);
    wait(row);
    if (made.isEmpty() && counted.isEmpty() && corrections.isEmpty()) {
      return;
    }
    changes.on(
        new DeliveryChange(
            row.deliveryId,
            row.eventType,
            row.partnerId,
            made,
            counted.stream().map(one -> described(one, row)).toList(),
            made.contains(Contribution.PROCESSING) ? row.processing() : null,
            corrections));
  }

  private void wait(DeliveryRow row) {
    AttemptRow next = attempts.next(row);
    Long since = row.isDying() ? row.deadReceivedAt : null;
    if (next != null) {
      since = Micros.earlier(since, next.receivedAt);
    }
    row.due(since == null ? null : Long.valueOf(since + settleMicros));
    waiting.put(Kind.DELIVERY, row.deliveryId, row.due);
  }

  private static Attempted described(Attempted said, DeliveryRow row) {
    return new Attempted(
        said.deliveryId(),
        said.eventType() == null ? row.eventType : said.eventType(),
        said.partnerId() == null ? row.partnerId : said.partnerId(),
        said.workerId(),
        said.attempt(),
        said.result(),
        said.statusCode(),
        said.latencySeconds());
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    DeliveryRow row = rows.find(id);
    if (row != null && row.due != null && row.due <= nowMicros) {
      List<Attempted> counted = attempts.take(row, nowMicros - settleMicros);
      tell(row, counted, nowMicros, NO_CORRECTION, changes);
    }
  }

  @Override
  public int forget(long beforeMicros, int most) {
    return OldRows.delete(em, DeliveryRow.class, "firstReceivedAt", DONE, beforeMicros, most);
  }
}
