package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent.Quality;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import io.busyhour.projection.change.QualityChange;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/**
 * Reports of calls' quality. Each is counted once, under its call's account and trunk: at once if
 * they are known, else when the time to wait for them has passed.
 */
public final class Qualities implements Rows {
  private final EntityManager em;
  private final SettleQueue waiting;
  private final long settleMicros;
  private long position;
  private int place;

  /** Reports within the transaction of an entity manager. */
  public Qualities(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.waiting = waiting;
    this.settleMicros = patience.settleMicros();
  }

  @Override
  public Kind kind() {
    return Kind.QUALITY;
  }

  @Override
  public void restore() {
    em.createQuery("select q.due, q.id from WaitingQuality q", Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.QUALITY, (String) row[1], (Long) row[0]));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof Quality quality)) {
      return;
    }
    CallRow call = em.find(CallRow.class, quality.callId());
    if (call.isRouteKnown()) {
      changes.on(change(call, quality, occurrence.time()));
      return;
    }
    long due = Micros.of(entry.receivedAt()) + settleMicros;
    long at = Micros.of(occurrence.time());
    WaitingQuality row = new WaitingQuality(nextId(entry), quality, at, due);
    em.persist(row);
    waiting.put(Kind.QUALITY, row.id, due);
  }

  /** A delivery may have several reports, even equal ones: they are told apart by their place. */
  private String nextId(Entry entry) {
    place = entry.position() == position ? place + 1 : 0;
    position = entry.position();
    return position + "-" + place;
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    WaitingQuality row = em.find(WaitingQuality.class, id);
    if (row != null && row.due <= nowMicros) {
      CallRow call = em.find(CallRow.class, row.callId);
      changes.on(change(call, row.quality(), Micros.toInstant(row.reportedAt)));
      em.remove(row);
    }
  }

  private static QualityChange change(CallRow call, Quality q, Instant time) {
    Quality withMos =
        new Quality(
            q.callId(),
            q.direction(),
            q.codec(),
            EModel.mos(q),
            q.rFactor(),
            q.jitterMs(),
            q.packetLoss(),
            q.rttMs());
    return new QualityChange(call.toRecord(), withMos, time);
  }
}
