package io.busyhour.receive;

import io.busyhour.event.EventKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies what carries no id of its own, by SHA-256. */
public final class Fingerprint {
  private Fingerprint() {}

  /** The fingerprint of bytes: 64 characters. */
  public static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A text as the id of a delivery: itself, or its fingerprint where it cannot be one. */
  public static EventKey key(String source, String id) {
    boolean fits = Receiver.isKeyPart(id);
    return new EventKey(source, fits ? id : of(id.getBytes(StandardCharsets.UTF_8)));
  }
}
