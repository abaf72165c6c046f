package io.busyhour.deliver.work;

import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Where a subscription is delivered to: what was taken for it, and how it takes it. Touched only by
 * those who hold the dispatcher's lock.
 */
final class Endpoint {
  // More is taken while this many attempts wait; each is one row in memory.
  private static final int MOST_TAKEN = 400;

  /** The attempts of a partner that are under way, to all its endpoints. */
  static final class Partner {
    int running;
  }

  final Partner partner;
  final Breaker breaker;
  private final int usual;
  private final Deque<Due> taken = new ArrayDeque<>();
  private Subscription subscription;
  private Pace pace;
  private int running;
  private int ended;
  private Instant takenAt;
  private int takes;
  // When there may be something to take: now, until somebody has looked.
  private Instant next = Instant.MIN;
  private boolean closed;

  Endpoint(Subscription subscription, Partner partner, Breaker breaker, int perPartner) {
    this.partner = partner;
    this.breaker = breaker;
    this.usual = perPartner;
    this.takes = perPartner;
    change(subscription);
  }

  Subscription subscription() {
    return subscription;
  }

  void change(Subscription now) {
    if (subscription == null || subscription.perSecond() != now.perSecond()) {
      pace = new Pace(now.perSecond());
    }
    subscription = now;
    next = Instant.MIN;
  }

  /** It is no longer delivered to. */
  void close() {
    closed = true;
  }

  boolean isActive() {
    return !closed && subscription.state() == Subscription.State.ACTIVE;
  }

  /** Something may be due from then on. */
  void dueFrom(Instant time) {
    if (time.isBefore(next)) {
      next = time;
    }
  }

  /** How many to take now; 0 if none. */
  int wanted(Instant now) {
    boolean ready = isActive() && !now.isBefore(next) && breaker.permits(now) > 0;
    return ready && taken.size() <= takes / 2 ? (breaker.permits(now) > 1 ? takes : 1) : 0;
  }

  /**
   * Takes in what was taken.
   *
   * @param following when the next is due, or null if none waits
   */
  void add(List<Due> more, Instant now, Instant following) {
    if (takenAt != null) {
      // Twice what was worked off lately: enough to be busy, and no lease runs out in the queue.
      double seconds = Math.max(0.001, Duration.between(takenAt, now).toNanos() / 1e9);
      takes = (int) Math.clamp(2 * ended / seconds, usual, MOST_TAKEN);
    }
    takenAt = now;
    ended = 0;
    taken.addAll(more);
    next = following == null ? Instant.MAX : following;
  }

  /** When there is something to do for it that nobody will tell of. */
  Instant nextLook(Instant now) {
    if (!isActive()) {
      return Instant.MAX;
    }
    Instant held = breaker.notBefore(now);
    if (!taken.isEmpty()) {
      Instant paced = pace.notBefore(now);
      return held.isAfter(paced) ? held : paced;
    }
    return held.isAfter(next) ? held : next;
  }

  /** The next one that may be attempted now, or null. */
  Due begin(Instant now, Duration needed, int perPartner) {
    while (!taken.isEmpty()) {
      boolean free = partner.running < perPartner && running < breaker.permits(now);
      if (!isActive() || !free || pace.notBefore(now).isAfter(now)) {
        return null;
      }
      Due due = taken.poll();
      // One whose lease could run out meanwhile is left: it is due again when it has.
      if (now.plus(needed).isBefore(due.leasedUntil())) {
        pace.take(now);
        running++;
        partner.running++;
        return due;
      }
      dueFrom(due.leasedUntil());
    }
    return null;
  }

  /** An attempt has ended. */
  void end() {
    running--;
    partner.running--;
    ended++;
  }

  boolean isIdle() {
    return running == 0;
  }

  /** What is to be given back, as nothing of it will be attempted soon. */
  List<Due> drop(Instant now) {
    if (taken.isEmpty() || (isActive() && breaker.permits(now) > 0)) {
      return List.of();
    }
    List<Due> dropped = new ArrayList<>(taken);
    taken.clear();
    dropped.forEach(due -> dueFrom(due.dueAt()));
    return dropped;
  }

  /** Since when the oldest that could be attempted has been due, or null. */
  Instant oldestDue(Instant now) {
    if (!isActive() || breaker.permits(now) == 0) {
      return null;
    }
    Instant oldest = taken.isEmpty() ? next : taken.peek().dueAt();
    return oldest.isAfter(now) || oldest.equals(Instant.MIN) ? null : oldest;
  }
}
