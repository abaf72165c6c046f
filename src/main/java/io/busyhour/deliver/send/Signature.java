package io.busyhour.deliver.send;

import io.busyhour.deliver.subscription.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests: Standard Webhooks 1.0.0, symmetric. */
final class Signature {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * What goes into the header {@code webhook-signature}: one signature for each secret that is
   * still valid, in the secrets' order. Empty where there is none.
   *
   * @param id of the delivery
   * @param now also signed, in whole seconds
   * @throws IllegalArgumentException if a secret is no Base64
   */
  static String of(List<Secret> secrets, String id, Instant now, byte[] body) {
    byte[] head = (id + "." + now.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
    return secrets.stream()
        .filter(secret -> isValid(secret, now))
        .map(secret -> "v1," + of(key(secret), head, body))
        .collect(Collectors.joining(" "));
  }

  private static boolean isValid(Secret secret, Instant now) {
    return secret.until() == null || secret.until().isAfter(now);
  }

  private static byte[] key(Secret secret) {
    String text = secret.text();
    String key = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    return Base64.getDecoder().decode(key);
  }

  private static String of(byte[] key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(head);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
