package io.busyhour.deliver.outbox;

import io.busyhour.deliver.subscription.Filter;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which subscriptions the events of an entry are for. */
final class Routing {
  private final Map<String, List<Subscription>> byType = new HashMap<>();
  private final Function<String, Belonging> calls;

  /**
   * @param calls whose a call is, by its id
   */
  Routing(List<Subscription> subscriptions, Function<String, Belonging> calls) {
    this.calls = calls;
    for (Subscription subscription : subscriptions) {
      if (subscription.takesEvents()) {
        for (String type : subscription.filter().events()) {
          byType.computeIfAbsent(type, t -> new ArrayList<>()).add(subscription);
        }
      }
    }
  }

  boolean isEmpty() {
    return byType.isEmpty();
  }

  /** Adds what is to be delivered of an entry. */
  void route(Entry entry, List<NewDelivery> deliveries) {
    List<Occurrence> occurrences = entry.delivery().occurrences();
    for (int i = 0; i < occurrences.size(); i++) {
      Occurrence said = occurrences.get(i);
      List<Subscription> wanting =
          byType.getOrDefault(said.event().type().wireName(), List.<Subscription>of());
      Belonging belonging = wanting.isEmpty() ? null : belonging(said, wanting);
      for (Subscription subscription : wanting) {
        // Who subscribes does not want to hear of what was before.
        if (entry.position() > subscription.since() && matches(subscription.filter(), belonging)) {
          deliveries.add(delivery(subscription, entry, i));
        }
      }
    }
  }

  private static NewDelivery delivery(Subscription subscription, Entry entry, int index) {
    Occurrence said = entry.delivery().occurrences().get(index);
    return new NewDelivery(
        DeliveryId.of(subscription.id(), entry.position(), index),
        subscription.id(),
        subscription.partnerId(),
        said.event().type().wireName(),
        Payload.of(said, subscription.numbersShown()));
  }

  /** As the event says, else as its call does; looked up only if somebody asks for it. */
  private Belonging belonging(Occurrence said, List<Subscription> wanting) {
    Belonging told = new Belonging(text(said, "account"), text(said, "trunk"));
    boolean asked =
        wanting.stream()
            .map(Subscription::filter)
            .anyMatch(filter -> !filter.accounts().isEmpty() || !filter.trunks().isEmpty());
    String callId = asked && !told.isComplete() ? text(said, "call_id") : null;
    return callId == null ? told : told.or(calls.apply(callId));
  }

  private static String text(Occurrence said, String name) {
    return said.data().get(name) instanceof String text ? text : null;
  }

  private static boolean matches(Filter filter, Belonging belonging) {
    return isOf(filter.accounts(), belonging.account()) && isOf(filter.trunks(), belonging.trunk());
  }

  /** What is not known to be somebody's is not told to him. */
  private static boolean isOf(Set<String> wanted, String value) {
    return wanted.isEmpty() || (value != null && wanted.contains(value));
  }
}
