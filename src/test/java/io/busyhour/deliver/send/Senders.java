package io.busyhour.deliver.send;

import io.busyhour.deliver.subscription.Filter;
import io.busyhour.deliver.subscription.Secret;
import io.busyhour.deliver.subscription.Subscription;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Settings and subscriptions of the tests. */
final class Senders {
  static final String SECRET = secret(1);
  static final String OLD_SECRET = secret(2);

  private Senders() {}

  static SendSettings toAnywhere(Duration timeout) {
    return new SendSettings(timeout, true, List.of(), 64);
  }

  static SendSettings toPublicAnd(String... networks) {
    return new SendSettings(Duration.ofSeconds(10), false, List.of(networks), 64);
  }

  static Subscription to(URI url) {
    return to(url, List.of(new Secret(SECRET, null)));
  }

  static Subscription to(URI url, List<Secret> secrets) {
    return new Subscription(
        "sub_1",
        "partner",
        url,
        new Filter(Set.of("call.ended"), Set.of(), Set.of()),
        false,
        0,
        secrets,
        Subscription.State.ACTIVE,
        Instant.EPOCH,
        0);
  }

  private static String secret(int seed) {
    byte[] key = new byte[24];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 7 + seed * 31);
    }
    return "whsec_" + Base64.getEncoder().encodeToString(key);
  }
}
