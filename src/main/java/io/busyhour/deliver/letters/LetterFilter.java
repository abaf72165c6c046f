package io.busyhour.deliver.letters;

import io.busyhour.deliver.Where;
import java.util.Objects;

/**
 * Which deliveries are meant; null does not matter.
 *
 * @param subscriptionId of this subscription
 * @param partnerId of this partner
 * @param eventType of events of this type
 * @param since queued then or later, in microseconds
 * @param until queued before then, in microseconds
 */
record LetterFilter(
    String subscriptionId, String partnerId, String eventType, Long since, Long until) {

  /** Whether a row has to be looked at to know whether it is meant. */
  boolean isOfRows() {
    return subscriptionId != null || partnerId != null || eventType != null;
  }

  boolean takes(Letter letter) {
    return isSame(subscriptionId, letter.subscriptionId())
        && isSame(partnerId, letter.partnerId())
        && isSame(eventType, letter.eventType());
  }

  private static boolean isSame(String wanted, String is) {
    return wanted == null || Objects.equals(wanted, is);
  }

  Where where() {
    return new Where()
        .maybe("subscription_id = ?", subscriptionId)
        .maybe("partner_id = ?", partnerId)
        .maybe("event_type = ?", eventType)
        .maybe("queued_at >= ?", since)
        .maybe("queued_at < ?", until);
  }
}
