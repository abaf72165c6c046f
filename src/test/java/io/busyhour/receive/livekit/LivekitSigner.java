package io.busyhour.receive.livekit;

import io.busyhour.receive.DoorServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as LiveKit does, written apart from what it tests; also for the whole server's tests. */
public final class LivekitSigner {
  /** An API key. */
  public static final String KEY = "abcdefg";

  /** Its secret, as long as LiveKit lets it be. */
  public static final String SECRET = "abababa";

  static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private LivekitSigner() {}

  /** The token that LiveKit sends with a body. */
  static String token(String body) {
    return token(KEY, SECRET, body);
  }

  static String token(String key, String secret, String body) {
    return jwt(HEADER, claims(key, hash(body), DoorServer.NOW, 300), secret);
  }

  /** The token that LiveKit sends with a body at some time. */
  public static String token(String body, Instant now) {
    return jwt(HEADER, claims(KEY, hash(body), now, 300), SECRET);
  }

  /** Claims that are good from a moment on, for so many seconds. */
  static String claims(String key, String hash, Instant from, long seconds) {
    long start = from.getEpochSecond();
    return "{\"iss\":\"%s\",\"nbf\":%d,\"exp\":%d,\"sub\":\"\",\"sha256\":\"%s\"}"
        .formatted(key, start, start + seconds, hash);
  }

  static String jwt(String header, String claims, String secret) {
    String signed = encoded(header) + "." + encoded(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  static String hash(String body) {
    try {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A payload as it was sent, from the test's resources. */
  public static String payload(String name) {
    try (InputStream in =
        LivekitSigner.class.getResourceAsStream("/payloads/livekit/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
