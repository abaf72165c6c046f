package io.busyhour.receive.livekit;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.JsonReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The JWT (RFC 7519) that LiveKit sends with each webhook: signed with HS256 by the secret of the
 * API key that issued it, and with the hash of the body among its claims. Made by hand and not by a
 * library, because those refuse secrets shorter than the hash, and LiveKit's need not be that long.
 */
final class WebhookToken {
  // LiveKit's own libraries allow for as much.
  private static final Duration LEEWAY = Duration.ofMinutes(1);
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SCHEME = "Bearer ";
  // LiveKit's have less than 500 characters.
  private static final int LONGEST = 4096;

  private final String bodyHash;

  private WebhookToken(String bodyHash) {
    this.bodyHash = bodyHash;
  }

  /**
   * Reads the token of a request and checks it, but for the body that it is about.
   *
   * @param authorization the header of that name, or null
   * @param keys the secrets of each API key
   * @throws Refusal unauthorized, saying nothing of what was presented
   */
  static WebhookToken check(String authorization, Map<String, List<String>> keys, Instant now) {
    if (authorization == null || authorization.isBlank()) {
      throw refused("The request has no Authorization header (expected: LiveKit's token).");
    }
    String token = bare(authorization.strip());
    String[] parts = token.split("\\.", 4);
    if (parts.length != 3 || token.length() > LONGEST) {
      throw refused("The Authorization header holds no JWT (RFC 7519).");
    }
    requireHs256(object(parts[0]));
    Map<String, Object> claims = object(parts[1]);
    List<String> secrets = claims.get("iss") instanceof String key ? keys.get(key) : null;
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);
    if (secrets == null || !isSigned(signed, decoded(parts[2]), secrets)) {
      throw refused("The token is not signed with one of the keys in busyhour.livekit.keys.");
    }
    requireTime(claims, now);
    if (!(claims.get("sha256") instanceof String hash)) {
      throw refused("The token has no claim sha256, so it is not about a webhook.");
    }
    return new WebhookToken(hash);
  }

  /**
   * Checks that the token is about this body: the bytes as they came, because who writes the JSON
   * anew writes it differently.
   */
  void requireBody(byte[] body) {
    byte[] hash = Base64.getEncoder().encode(sha256(body));
    if (!MessageDigest.isEqual(hash, bodyHash.getBytes(StandardCharsets.UTF_8))) {
      throw refused("The token is about another body: its claim sha256 does not fit.");
    }
  }

  /** The hash of the body, in Base64. */
  String hash() {
    return bodyHash;
  }

  /** LiveKit sends the token alone; other senders put the scheme before it. */
  private static String bare(String header) {
    boolean hasScheme = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return hasScheme ? header.substring(SCHEME.length()).strip() : header;
  }

  /** The algorithm is ours to choose, not the token's: "none" would be no proof. */
  private static void requireHs256(Map<String, Object> header) {
    if (!"HS256".equals(header.get("alg")) || header.containsKey("crit")) {
      throw refused(
          "The token is not signed as LiveKit signs (expected: HS256, nothing critical).");
    }
  }

  private static boolean isSigned(byte[] signed, byte[] signature, List<String> secrets) {
    boolean good = false;
    for (String secret : secrets) {
      good |= MessageDigest.isEqual(hmac(secret, signed), signature);
    }
    return good;
  }

  private static void requireTime(Map<String, Object> claims, Instant now) {
    BigDecimal seconds = BigDecimal.valueOf(now.getEpochSecond());
    BigDecimal leeway = BigDecimal.valueOf(LEEWAY.toSeconds());
    if (!claims.containsKey("exp") || number(claims, "exp").add(leeway).compareTo(seconds) <= 0) {
      throw refused("The token has expired, or never does (expected: a claim exp ahead of now).");
    }
    if (claims.containsKey("nbf")
        && number(claims, "nbf").subtract(leeway).compareTo(seconds) > 0) {
      throw refused("The token is not valid yet: the clocks differ by more than a minute.");
    }
  }

  private static BigDecimal number(Map<String, Object> claims, String name) {
    if (claims.get(name) instanceof Number number) {
      return new BigDecimal(number.toString());
    }
    throw refused("A time in the token is no number (RFC 7519, NumericDate).");
  }

  private static Map<String, Object> object(String part) {
    byte[] json = decoded(part);
    try {
      return JsonReader.object(json, 0, json.length, json.length + 1);
    } catch (Refusal malformed) {
      throw refused("A part of the token is no JSON object.");
    }
  }

  private static byte[] decoded(String part) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw refused("A part of the token is no base64url (RFC 4648, 5).");
    }
  }

  private static byte[] hmac(String secret, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Refusal refused(String message) {
    return new Refusal(Reason.UNAUTHORIZED, message);
  }
}
