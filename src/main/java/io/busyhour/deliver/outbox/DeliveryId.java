package io.busyhour.deliver.outbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of deliveries: made of what is delivered to whom, so that reading the journal again makes
 * the same ones.
 */
final class DeliveryId {
  private static final int BYTES = 16;

  private DeliveryId() {}

  /**
   * {@code msg_} and 32 hexadecimal digits.
   *
   * @param position of the journal's entry
   * @param index of the event within the entry
   */
  static String of(String subscriptionId, long position, int index) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      String what = subscriptionId + " " + position + " " + index;
      byte[] digest = sha.digest(what.getBytes(StandardCharsets.UTF_8));
      return "msg_" + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
