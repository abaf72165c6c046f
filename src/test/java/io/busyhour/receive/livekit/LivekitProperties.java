package io.busyhour.receive.livekit;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.DoorServer;
import io.busyhour.receive.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes as a token or as a webhook: it is taken, or refused with a reason. */
class LivekitProperties {
  private static final RoomPattern PATTERN = RoomPattern.parse(RoomPattern.STANDARD);
  private static final Map<String, List<String>> KEYS =
      Map.of(LivekitSigner.KEY, List.of(LivekitSigner.SECRET));
  private static final String[] PAYLOADS = {
    "participant-joined",
    "participant-left",
    "participant-left-rejected",
    "agent-joined",
    "track-published",
    "room-finished",
    "egress-ended"
  };
  private static final String[] PIECES = {
    "null", "true", "0", "-1", "1e999", "\"\"", "[]", "{}", "\"\\u0000\"", "\"SIP\"", "1762186801"
  };
  private static final String TOKEN = LivekitSigner.token("{}");

  @Property(tries = 500)
  void anyText_asToken_isRefused(@ForAll("texts") String text) {
    assertThat(reason(text)).isEqualTo(Reason.UNAUTHORIZED);
  }

  /** One other character is another token, but for the last one, some of whose bits are unused. */
  @Property(tries = 500)
  void mutatedToken_isRefused(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder token = new StringBuilder(TOKEN);
    int at = random.nextInt(token.length() - 1);
    switch (random.nextInt(3)) {
      case 0 -> token.setCharAt(at, token.charAt(at) == 'A' ? 'B' : 'A');
      case 1 -> token.deleteCharAt(at);
      default -> token.insert(at, (char) (' ' + random.nextInt(95)));
    }
    if (!token.toString().strip().equals(TOKEN)) {
      assertThat(reason(token.toString())).isEqualTo(Reason.UNAUTHORIZED);
    }
  }

  @Property(tries = 500)
  void anyClaims_wellSigned_areTakenOrRefused(
      @ForAll("texts") String header, @ForAll("texts") String claims, @ForAll boolean isJson) {
    String token =
        LivekitSigner.jwt(isJson ? LivekitSigner.HEADER : header, claims, LivekitSigner.SECRET);
    assertThat(reason(token)).isIn(null, Reason.UNAUTHORIZED);
  }

  private static Reason reason(String token) {
    try {
      WebhookToken.check(token, KEYS, DoorServer.NOW);
      return null;
    } catch (Refusal refusal) {
      return refusal.reason();
    }
  }

  @Property(tries = 1000)
  void mutatedWebhook_isTakenOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    String body = LivekitSigner.payload(PAYLOADS[random.nextInt(PAYLOADS.length)]);
    for (int i = random.nextInt(4); i >= 0; i--) {
      body = random.nextBoolean() ? otherValue(body, random) : otherByte(body, random);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try {
      Map<String, Object> json = JsonReader.object(bytes, 0, bytes.length, bytes.length + 1);
      Delivery delivery = new Webhook(json, "hash", PATTERN, DoorServer.NOW).delivery();
      assertThat(delivery.occurrences()).isNotEmpty();
    } catch (Refusal refusal) {
      assertThat(refusal.reason().status()).isEqualTo(400);
      assertThat(refusal).hasMessageMatching("(?s).+");
    }
  }

  /** Something else in the place of a value. */
  private static String otherValue(String body, Random random) {
    int colon = body.indexOf("\":", random.nextInt(body.length()));
    int end = body.indexOf(",\"", Math.max(colon, 0));
    return colon < 0 || end < colon
        ? body
        : body.substring(0, colon + 2)
            + PIECES[random.nextInt(PIECES.length)]
            + body.substring(end);
  }

  private static String otherByte(String body, Random random) {
    int at = random.nextInt(body.length());
    char other = "\"\\{}[]:,0-eE. ntf\u00e9\u0007".charAt(random.nextInt(19));
    return body.substring(0, at) + other + body.substring(at + random.nextInt(2));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(200),
        Arbitraries.of("{}", "[]", "{\"iss\":\"abcdefg\",\"exp\":1e999,\"sha256\":\"x\"}"),
        Arbitraries.strings().withChars("abc.-_={}\"").ofMaxLength(40));
  }
}
