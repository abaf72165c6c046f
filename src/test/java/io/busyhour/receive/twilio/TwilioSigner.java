package io.busyhour.receive.twilio;

import io.busyhour.receive.DoorServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Twilio does, written apart from what it tests. */
final class TwilioSigner {
  private TwilioSigner() {}

  private record Pair(String name, String value) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byName = name.compareTo(other.name);
      return byName == 0 ? value.compareTo(other.value) : byName;
    }
  }

  /** The signature of a form that is posted to a URL. */
  static String sign(String url, String form) {
    StringBuilder signed = new StringBuilder(url);
    TreeSet<Pair> pairs = new TreeSet<>();
    for (String pair : form.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        pairs.add(new Pair(decoded(name), decoded(value)));
      }
    }
    pairs.forEach(pair -> signed.append(pair.name).append(pair.value));
    return hmac(signed.toString());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The signature of what Twilio concatenates. */
  static String hmac(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      byte[] key = DoorServer.AUTH_TOKEN.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A payload as it was sent, from the test's resources. */
  static String payload(String name) {
    try (InputStream in =
        TwilioSigner.class.getResourceAsStream("/payloads/twilio/" + name + ".form")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A body of Event Streams as it was sent, from the test's resources. */
  static String events(String name) {
    try (InputStream in =
        TwilioSigner.class.getResourceAsStream("/payloads/twilio/events-" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path with the hash of the body that is posted to it. */
  static String hashed(String path, byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return path + "?bodySHA256=" + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A form with one parameter replaced. */
  static String with(String form, String name, String value) {
    return String.join(
        "&",
        Arrays.stream(form.split("&", -1))
            .map(pair -> pair.startsWith(name + "=") ? name + "=" + value : pair)
            .toList());
  }
}
