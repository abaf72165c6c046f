package io.busyhour.receive.librato;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Who sends a request of a drain, and which of his requests it is. */
final class Sender {
  private static final String BASIC = "Basic ";

  /** What is the same when a request is sent again; the first that is there. */
  private static final List<String> REQUEST_IDS =
      List.of("Logplex-Frame-Id", "Idempotency-Key", "X-Request-Id");

  private static final String DRAIN = "Logplex-Drain-Token";
  private static final int KEY_BYTES = 16;

  private Sender() {}

  /**
   * Lets in who has a token, as bearer or as a drain's URL carries it: the password, or the user
   * where there is no password.
   *
   * @return the name of the token
   * @throws Refusal unauthorized or forbidden
   */
  static String admit(HttpHeaders headers, Tokens tokens) {
    String authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    boolean isBasic =
        authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length());
    return tokens.admit(isBasic ? bearer(authorization) : authorization, Role.INGEST).name();
  }

  private static String bearer(String basic) {
    try {
      byte[] userInfo = Base64.getDecoder().decode(basic.substring(BASIC.length()).strip());
      String[] parts = new String(userInfo, StandardCharsets.UTF_8).split(":", 2);
      boolean hasPassword = parts.length > 1 && !parts[1].isEmpty();
      return "Bearer " + (hasPassword ? parts[1] : parts[0]);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.UNAUTHORIZED, "The Authorization is no base64 (RFC 7617).");
    }
  }

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
