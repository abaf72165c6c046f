package io.busyhour.projection.calls.message;

import io.busyhour.event.MessageEvent;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.OldRows;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.facts.Rows;
import io.busyhour.projection.calls.facts.SettleQueue;
import io.busyhour.projection.calls.facts.SettleQueue.Kind;
import io.busyhour.projection.change.MessageChange;
import io.busyhour.projection.change.MessageChange.Contribution;
import io.busyhour.projection.change.MessageChange.Correction;
import io.busyhour.projection.change.MessageRecord;
import jakarta.persistence.EntityManager;
import java.util.Set;

/** Messages, and what they add to counters once its facts are complete. */
public final class Messages implements Rows {
  private static final String DONE =
      OldRows.nothingIn("r.counted.due") + " and r.lastEventAt < :before";
  private static final Set<Correction> NO_CORRECTION = Set.of();

  private final EntityManager em;
  private final SettleQueue waiting;
  private final long settleMicros;

  /** Messages within the transaction of an entity manager. */
  public Messages(EntityManager em, SettleQueue waiting, Patience patience) {
    this.em = em;
    this.waiting = waiting;
    this.settleMicros = patience.settleMicros();
  }

  @Override
  public Kind kind() {
    return Kind.MESSAGE;
  }

  @Override
  public void restore() {
    em.createQuery(
            "select m.counted.due, m.messageId from Message m where m.counted.due is not null",
            Object[].class)
        .getResultStream()
        .forEach(row -> waiting.put(Kind.MESSAGE, (String) row[1], (Long) row[0]));
  }

  @Override
  public void apply(Entry entry, Occurrence occurrence, Fold changes) {
    if (!(occurrence.event() instanceof MessageEvent event)) {
      return;
    }
    MessageRow row = em.find(MessageRow.class, event.messageId());
    MessageRecord before = row == null ? null : row.toRecord();
    if (row == null) {
      row = new MessageRow(event.messageId());
      em.persist(row);
    }
    long receivedAt = Micros.of(entry.receivedAt());
    boolean whole = entry.delivery().wholeBeginning();
    row.merge(event, whole, Micros.of(occurrence.time()), receivedAt);
    MessageRecord after = row.toRecord();
    Set<Correction> corrections = row.counted.corrections(before, after);
    changes.on(change(row, before, after, receivedAt, corrections));
  }

  private MessageChange change(
      MessageRow row,
      MessageRecord before,
      MessageRecord after,
      long now,
      Set<Correction> corrections) {
    Set<Contribution> counted = row.count(after, now, settleMicros);
    waiting.put(Kind.MESSAGE, row.messageId, row.counted.due);
    return new MessageChange(before, after, counted, corrections);
  }

  @Override
  public void settle(String id, long nowMicros, Fold changes) {
    MessageRow row = em.find(MessageRow.class, id);
    if (row != null && row.counted.due != null && row.counted.due <= nowMicros) {
      MessageRecord message = row.toRecord();
      changes.on(change(row, message, message, nowMicros, NO_CORRECTION));
    }
  }

  @Override
  public int forget(long beforeMicros, int most) {
    return OldRows.delete(em, MessageRow.class, "firstReceivedAt", DONE, beforeMicros, most);
  }
}
