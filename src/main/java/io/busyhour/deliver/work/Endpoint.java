package io.busyhour.deliver.work;

import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.send.Answer;
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

  private final Partner partner;
  private final Breaker breaker;
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

  Endpoint(Subscription subscription, Partner partner, WorkSettings settings) {
    this.partner = partner;
    this.breaker = new Breaker(settings);
    this.usual = settings.perPartner();
    this.takes = usual;
    change(subscription);
  }

  Subscription subscription() {
    return subscription;
  }

  Partner partner() {
    return partner;
  }

  boolean hasTaken() {
    return !taken.isEmpty();
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
    boolean ready = isActive() && !now.isBefore(next) && !breaker.notBefore().isAfter(now);
    if (!ready || taken.size() > takes / 2) {
      return 0;
    }
    // One that is tried again gets one at a time: the others are left where they are due.
    return breaker.state(now) == Breaker.State.CLOSED ? takes : Math.min(1, breaker.permits(now));
  }

  /** Somebody begins to look: what is told from now on, he may not have seen. */
  void looking() {
    next = Instant.MAX;
  }

  /**
   * Takes in what was taken.
   *
   * @param next when to look for more
   */
  void add(List<Due> more, Instant now, Instant next) {
    if (takenAt != null) {
      // Twice what was worked off lately: enough to be busy, and no lease runs out in the queue.
      double seconds = Math.max(0.001, Duration.between(takenAt, now).toNanos() / 1e9);
      takes = (int) Math.clamp(2 * ended / seconds, usual, MOST_TAKEN);
    }
    takenAt = now;
    ended = 0;
    taken.addAll(more);
    dueFrom(next);
  }

  /**
   * When there is something to do for it that nobody will tell of.
   *
   * @param full whether there are as many attempts as there may be in all
   */
  Instant nextLook(Instant now, boolean full) {
    if (!isActive()) {
      return Instant.MAX;
    }
    Instant held = breaker.notBefore();
    if (held.isAfter(now)) {
      return taken.isEmpty() && next.isAfter(held) ? next : held;
    }
    if (taken.isEmpty()) {
      return next.isAfter(now) ? next : wanted(now) > 0 ? now : Instant.MAX;
    }
    // Whoever ends an attempt that this one waits for begins the next; else it is the pace that
    // waits.
    boolean told = full || running > 0 || !partner.isFree();
    return told ? Instant.MAX : now.plus(pace.delay(now));
  }

  /** Begins with the next one that may be attempted now; null if there is none. */
  Due begin(Instant now, Duration needed) {
    while (!taken.isEmpty()) {
      boolean free = partner.isFree() && breaker.permits(now) > 0;
      if (!isActive() || !free || !pace.delay(now).isZero()) {
        return null;
      }
      Due due = taken.poll();
      if (now.plus(needed).isBefore(due.leasedUntil())) {
        pace.take(now);
        breaker.begun();
        running++;
        partner.begin();
        return due;
      }
      dueFrom(due.leasedUntil()); // its lease would run out meanwhile: it is due again then
    }
    return null;
  }

  /** An attempt has ended. */
  void end(Answer answer, Instant now) {
    breaker.ended(answer, now);
    running--;
    partner.end();
    ended++;
  }

  /** How it goes with it. */
  EndpointState state(Instant now) {
    return new EndpointState(
        subscription.partnerId(), subscription.id(), breaker.state(now), oldestDue(now));
  }

  /** What is to be given back, as nothing of it will be attempted soon. */
  List<Due> drop(Instant now) {
    if (taken.isEmpty() || (isActive() && !breaker.notBefore().isAfter(now))) {
      return List.of();
    }
    return dropAll();
  }

  /** All that was taken and not begun. */
  List<Due> dropAll() {
    List<Due> dropped = new ArrayList<>(taken);
    taken.clear();
    dropped.forEach(due -> dueFrom(due.dueAt()));
    return dropped;
  }

  /** Since when the oldest that could be attempted has been due, or null. */
  private Instant oldestDue(Instant now) {
    if (!isActive() || breaker.notBefore().isAfter(now)) {
      return null;
    }
    Instant oldest = taken.isEmpty() ? next : taken.peek().dueAt();
    return oldest.isAfter(now) || oldest.equals(Instant.MIN) ? null : oldest;
  }
}
