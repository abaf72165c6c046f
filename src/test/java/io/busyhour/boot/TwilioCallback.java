package io.busyhour.boot;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A form that Twilio posts, signed as Twilio signs. */
final class TwilioCallback {
  static final String TOKEN = "12345";
  static final String ACCOUNT = "AC00000000000000000000000000000001";

  private TwilioCallback() {}

  /** A call that was completed. */
  static HttpResponse<String> voice(Running server) {
    return post(
        server,
        "/twilio/voice",
        Map.of(
            "AccountSid", ACCOUNT,
            "CallSid", "CA00000000000000000000000000000001",
            "CallStatus", "completed",
            "CallDuration", "42",
            "Direction", "inbound",
            "From", "+15035550101",
            "To", "+15035550123",
            "CallbackSource", "call-progress-events",
            "SequenceNumber", "3"),
        true);
  }

  /** A message that was not delivered. */
  static HttpResponse<String> message(Running server) {
    return post(
        server,
        "/twilio/messages",
        Map.of(
            "AccountSid", ACCOUNT,
            "MessageSid", "SM00000000000000000000000000000001",
            "MessageStatus", "undelivered",
            "ErrorCode", "30003",
            "From", "+15035550101",
            "To", "+15035550199"),
        true);
  }

  static HttpResponse<String> post(
      Running server, String path, Map<String, String> form, boolean genuine) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String signature = sign(server.uri() + path, form);
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header("X-Twilio-Signature", genuine ? signature : forged(signature))
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** A body of Event Streams, signed with its hash. */
  static HttpResponse<String> events(Running server, String body, boolean genuine) {
    String path = "/twilio/events?bodySHA256=" + hash(body);
    String signature = sign(server.uri() + path, Map.of());
    return server.send(
        server
            .request(path)
            .header("Content-Type", "application/json")
            .header("X-Twilio-Signature", genuine ? signature : forged(signature))
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static String hash(String body) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Another signature for certain: the port, and with it the genuine one, is new in each run. */
  private static String forged(String signature) {
    return (signature.charAt(0) == 'x' ? 'y' : 'x') + signature.substring(1);
  }

  private static String sign(String url, Map<String, String> form) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(form).forEach((key, value) -> signed.append(key).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] hash = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
