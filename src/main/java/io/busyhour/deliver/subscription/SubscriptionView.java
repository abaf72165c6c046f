package io.busyhour.deliver.subscription;

import io.busyhour.event.field.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** A subscription as it is shown. */
final class SubscriptionView {
  private SubscriptionView() {}

  /** All but its secrets. */
  static Map<String, Object> of(Subscription subscription) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", subscription.id());
    shown.put("partner_id", subscription.partnerId());
    shown.put("url", subscription.url().toString());
    shown.put("events", new TreeSet<>(subscription.filter().events()));
    shown.put("accounts", new TreeSet<>(subscription.filter().accounts()));
    shown.put("trunks", new TreeSet<>(subscription.filter().trunks()));
    shown.put("numbers_shown", subscription.numbersShown());
    shown.put("per_second", subscription.perSecond());
    shown.put("state", Words.of(subscription.state()));
    shown.put("created_at", subscription.createdAt().toString());
    if (subscription.secrets().size() > 1) {
      shown.put("old_secret_until", subscription.secrets().get(1).until().toString());
    }
    return shown;
  }

  /** With the secret that it has just got: it is never shown again. */
  static Map<String, Object> withSecret(Subscription subscription) {
    Map<String, Object> shown = of(subscription);
    shown.put("secret", subscription.secrets().get(0).text());
    return shown;
  }
}
