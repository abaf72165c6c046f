package io.busyhour.receive.librato;

import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Which of a drain's requests a request is. */
final class Sender {
  /** What is the same when a request is sent again; the first that is there. */
  private static final List<String> REQUEST_IDS =
      List.of("Logplex-Frame-Id", "Idempotency-Key", "X-Request-Id");

  private static final String DRAIN = "Logplex-Drain-Token";
  private static final int KEY_BYTES = 16;

  private Sender() {}

  /**
   * Identifies a request: the same for the same one of the same sender, if it carries an id; else
   * like no other.
   */
  static String requestId(HttpHeaders headers, String sender) {
    for (String name : REQUEST_IDS) {
      String id = headers.getHeaderString(name);
      if (id != null && !id.isBlank()) {
        return hash(sender, headers.getHeaderString(DRAIN), name, id.strip());
      }
    }
    return UUID.randomUUID().toString();
  }

  /** Of any length, they fit into a key this way, and what may be a secret stays outside. */
  private static String hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
