package io.busyhour.deliver.work;

import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.send.Answer;
import io.busyhour.deliver.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides what may begin: who has how many attempts under way, and whose turn it is. Touched only
 * by those who hold the dispatcher's lock.
 */
final class Floor {
  /** An attempt that is to be made. */
  record Begun(Endpoint endpoint, Subscription subscription, Due due) {}

  private final WorkSettings settings;
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final Map<String, Partner> partners = new HashMap<>();
  // Those that wait because there are as many attempts as there may be in all.
  private final Deque<Endpoint> turns = new ArrayDeque<>();
  private int most;
  private int running;

  Floor(WorkSettings settings) {
    this.settings = settings;
    this.most = settings.concurrency();
  }

  Collection<Endpoint> endpoints() {
    return Collections.unmodifiableCollection(endpoints.values());
  }

  /** Lets nothing more begin: what was taken stays where it can be given back. */
  void stop() {
    most = 0;
  }

  boolean isIdle() {
    return running == 0;
  }

  /** These and no others are delivered to. */
  void refresh(List<Subscription> subscriptions) {
    Set<String> there = new HashSet<>();
    for (Subscription subscription : subscriptions) {
      there.add(subscription.id());
      Endpoint known = endpoints.get(subscription.id());
      if (known == null) {
        add(subscription);
      } else {
        known.change(subscription);
      }
    }
    endpoints.values().stream()
        .filter(endpoint -> !there.contains(endpoint.subscription().id()))
        .toList()
        .forEach(this::remove);
  }

  private void add(Subscription subscription) {
    String id = subscription.partnerId();
    Partner partner = partners.computeIfAbsent(id, p -> new Partner(settings.perPartner()));
    Endpoint endpoint = new Endpoint(subscription, partner, settings);
    partner.add(endpoint);
    endpoints.put(subscription.id(), endpoint);
  }

  private void remove(Endpoint endpoint) {
    endpoints.remove(endpoint.subscription().id());
    endpoint.close();
    endpoint.partner().remove(endpoint);
    if (endpoint.partner().isEmpty()) {
      partners.remove(endpoint.subscription().partnerId());
    }
  }

  /** Something was queued for a subscription. */
  void queued(String subscriptionId, Instant due) {
    Endpoint endpoint = endpoints.get(subscriptionId);
    if (endpoint != null) {
      endpoint.dueFrom(due);
    }
  }

  /** When there is something to do that nobody will tell of, or at the latest. */
  Instant nextLook(Instant now, Instant latest) {
    Instant next = latest;
    for (Endpoint endpoint : endpoints.values()) {
      Instant look = endpoint.nextLook(now, running >= most);
      next = look.isBefore(next) ? look : next;
    }
    return next;
  }

  /** What may begin at an endpoint for which more was taken, or whose time has come. */
  List<Begun> begin(Endpoint endpoint, Instant now) {
    List<Begun> begun = new ArrayList<>();
    begin(endpoint, now, begun);
    return begun;
  }

  private void begin(Endpoint endpoint, Instant now, List<Begun> begun) {
    while (running < most) {
      if (!beginOne(endpoint, now, begun)) {
        return;
      }
    }
    queue(endpoint);
  }

  /** Has it wait for its turn. */
  private void queue(Endpoint endpoint) {
    if (endpoint.hasTaken() && !turns.contains(endpoint)) {
      turns.add(endpoint);
    }
  }

  private boolean beginOne(Endpoint endpoint, Instant now, List<Begun> begun) {
    Due due = endpoint.begin(now, settings.leaseNeeded());
    if (due == null) {
      return false;
    }
    running++;
    begun.add(new Begun(endpoint, endpoint.subscription(), due));
    return true;
  }

  /** What may begin as an attempt has ended: first of those who wait for their turn. */
  List<Begun> ended(Endpoint endpoint, Answer answer, Instant now) {
    running--;
    endpoint.end(answer, now);
    List<Begun> begun = new ArrayList<>();
    if (!turns.isEmpty()) {
      // The other endpoints of the partner may have waited for its share.
      endpoint.partner().endpointsFrom(endpoint).forEach(this::queue);
    }
    int waiting = turns.size();
    for (int i = 0; i < waiting && running < most; i++) {
      Endpoint next = turns.remove();
      if (beginOne(next, now, begun) && next.hasTaken()) {
        turns.add(next);
      }
    }
    if (turns.isEmpty()) {
      // What its partner may have under way, another endpoint of the partner may have waited for.
      endpoint.partner().endpointsFrom(endpoint).forEach(other -> begin(other, now, begun));
    }
    return begun;
  }
}
