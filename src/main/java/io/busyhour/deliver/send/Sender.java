package io.busyhour.deliver.send;

import io.busyhour.deliver.subscription.Subscription;

/** Makes attempts. For any thread; it blocks its caller until there is an answer or none. */
public interface Sender extends AutoCloseable {

  /**
   * Sends a payload to where a subscription wants it, and never throws: whatever happens is an
   * answer.
   *
   * @param deliveryId the same for each attempt of one delivery
   */
  Answer send(Subscription subscription, String deliveryId, String payload);

  /** Lets its connections go; what is under way fails. */
  @Override
  void close();
}
