package io.busyhour.projection.calls.webhook;

import io.busyhour.event.WebhookEvent.Attempted;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;

/** The attempts of deliveries that wait to be told what they were of, in the order of receipt. */
final class Attempts {
  private final EntityManager em;

  Attempts(EntityManager em) {
    this.em = em;
  }

  /** Has an attempt wait. */
  void add(DeliveryRow delivery, Attempted said, long receivedAt) {
    // Numbers are never used again: what goes and what comes in one transaction is not the same.
    String id = id(delivery, delivery.addWaiting());
    em.persist(new AttemptRow(id, said, receivedAt));
  }

  /** Takes out all attempts of a delivery that were received by a time. */
  List<Attempted> take(DeliveryRow delivery, long until) {
    List<Attempted> taken = new ArrayList<>();
    for (AttemptRow row = next(delivery);
        row != null && row.receivedAt <= until;
        row = next(delivery)) {
      taken.add(row.said());
      delivery.release();
      em.remove(row);
    }
    return taken;
  }

  /** The attempt of a delivery that has waited longest, or null if none waits. */
  AttemptRow next(DeliveryRow delivery) {
    return delivery.released == delivery.waited
        ? null
        : em.find(AttemptRow.class, id(delivery, delivery.released + 1));
  }

  private static String id(DeliveryRow delivery, int number) {
    return delivery.deliveryId + "/" + number;
  }
}
