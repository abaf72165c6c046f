package io.busyhour.receive.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks X-Twilio-Signature: Base64 of HMAC-SHA1, keyed by the auth token, over the URL and the
 * sorted form parameters, as Twilio's own libraries check it.
 */
final class TwilioSignature {
  private static final String ALGORITHM = "HmacSHA1";
  private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([^&#]*)");
  // Scheme, user info with @, host (an IPv6 address in brackets), port with its colon, the rest.
  private static final Pattern URL =
      Pattern.compile(
          "(https?)://([^/?#@]*@)?(\\[[^\\]/?#]*\\]|[^:/?#]*)(:[0-9]*)?(.*)", Pattern.DOTALL);

  private final List<byte[]> authTokens;

  TwilioSignature(List<String> authTokens) {
    this.authTokens = authTokens.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Checks a form; that of a GET is in the URL already and is empty here. */
  boolean isGood(String signature, String url, Form form) {
    StringBuilder parameters = new StringBuilder();
    form.parameters()
        .forEach((name, values) -> values.forEach(v -> parameters.append(name).append(v)));
    byte[] presented = signature.getBytes(StandardCharsets.UTF_8);
    boolean good = false;
    // Every candidate is tried in full, so that time says nothing about which one was near.
    for (String candidate : candidates(url)) {
      byte[] signed = (candidate + parameters).getBytes(StandardCharsets.UTF_8);
      for (byte[] token : authTokens) {
        good |= MessageDigest.isEqual(presented, Base64.getEncoder().encode(hmac(token, signed)));
      }
    }
    return good;
  }

  /** Checks a body that is no form: the URL is signed, and has the body's hash in its query. */
  boolean isGood(String signature, String url, byte[] body) {
    Matcher hash = BODY_HASH.matcher(url);
    byte[] announced = hash.find() ? hash.group(1).getBytes(StandardCharsets.UTF_8) : new byte[0];
    byte[] actual = HexFormat.of().formatHex(sha256(body)).getBytes(StandardCharsets.UTF_8);
    return isGood(signature, url, Form.EMPTY) && MessageDigest.isEqual(announced, actual);
  }

  /**
   * The URLs that may have been signed: Twilio signs some requests with the port and others without
   * it, whatever was configured, and encodes an apostrophe in the query as browsers do (WHATWG URL,
   * special-query percent-encode set).
   */
  private static Set<String> candidates(String requested) {
    int fragment = requested.indexOf('#');
    String url = fragment < 0 ? requested : requested.substring(0, fragment);
    Set<String> candidates = new LinkedHashSet<>();
    Matcher parts = URL.matcher(url);
    if (parts.matches()) {
      String user = parts.group(2) == null ? "" : parts.group(2);
      String front = parts.group(1) + "://" + user + parts.group(3);
      String standard = parts.group(1).equals("https") ? ":443" : ":80";
      String port = parts.group(4) == null ? standard : parts.group(4);
      candidates.add(front + parts.group(5));
      candidates.add(front + port + parts.group(5));
    } else {
      candidates.add(url);
    }
    for (String candidate : List.copyOf(candidates)) {
      int query = candidate.indexOf('?') + 1;
      if (query > 0) {
        candidates.add(
            candidate.substring(0, query) + candidate.substring(query).replace("'", "%27"));
      }
    }
    return candidates;
  }

  private static byte[] hmac(byte[] token, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(token, ALGORITHM));
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
}
