package io.busyhour.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever comes to a door: it is taken, or refused with a reason; the server goes on. */
class DoorProperties {
  private static final String[] TYPES = {
    "application/json",
    "application/cloudevents+json",
    "application/cloudevents-batch+json",
    "application/x-ndjson",
    "application/x-www-form-urlencoded",
    "application/webhook+json",
    "application/logplex-1",
    "text/plain"
  };
  private static final byte[] EVENT =
      ("{\"specversion\":\"1.0\",\"id\":\"é1\",\"source\":\"/pbx\",\"type\":\"call.ended\","
              + "\"time\":\"2026-11-20T07:00:00.5+00:00\",\"data\":{\"call_id\":\"c1\","
              + "\"outcome\":\"busy\",\"sip_code\":486,\"cost\":0.0123,\"has_audio\":false,"
              + "\"tags\":[1,-2e3,null,{\"a\":\"\\u00e9\"}]}}")
          .getBytes(StandardCharsets.UTF_8);

  private static DoorServer server;

  @BeforeContainer
  static void start() {
    server = DoorServer.start();
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Property(tries = 300)
  void anyBytes_atAnyDoor_areRefusedWithAReason(
      @ForAll("paths") String path, @ForAll("types") String type, @ForAll byte[] body) {
    check(post(path, type, body));
  }

  @Property(tries = 200)
  void anyText_asHeader_isRefusedWithAReason(@ForAll("headers") String value) {
    check(
        server.send(
            request("/v1/events", "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                .header("ce-specversion", "1.0")
                .header("ce-id", value)
                .header("ce-source", value)));
  }

  @Property(tries = 500)
  void mutatedEvent_isTakenOrRefusedWithAReason(
      @ForAll("jsonTypes") String type, @ForAll long seed) {
    check(post("/v1/events", type, mutated(seed)));
  }

  private static byte[] mutated(long seed) {
    Random random = new Random(seed);
    byte[] bytes = EVENT.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "\"\\{}[]:,0-eE. ntf".charAt(random.nextInt(17));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        default -> {
          byte[] longer = new byte[bytes.length + 5];
          System.arraycopy(bytes, 0, longer, 0, at);
          System.arraycopy(bytes, at, longer, at + 5, bytes.length - at);
          System.arraycopy(
              bytes,
              random.nextInt(Math.max(1, bytes.length - 5)),
              longer,
              at,
              Math.min(5, bytes.length));
          bytes = longer;
        }
      }
    }
    return bytes;
  }

  private static HttpRequest.Builder request(String path, String type, byte[] body) {
    return server
        .to(path)
        .header("Content-Type", type)
        .header("Authorization", "Bearer " + DoorServer.TOKEN)
        .header("X-Twilio-Signature", "guessed")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static HttpResponse<String> post(String path, String type, byte[] body) {
    return server.send(request(path, type, body));
  }

  private static void check(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204, 400, 401, 403, 413, 415);
    String expected = answer.statusCode() == 204 ? "^$" : "^\\{\"(error|accepted)\":";
    assertThat(answer.body()).containsPattern(expected);
    if (answer.statusCode() >= 400) {
      assertThat(answer.body()).containsPattern("\"error\":\"[a-z_0-9]+\",\"message\":\"[^\"]");
    }
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
        "/v1/events",
        "/v1/alerts",
        "/l2met",
        "/twilio/voice",
        "/twilio/messages",
        "/twilio/events",
        "/livekit/webhook",
        "/kamailio/events",
        "/rtpengine/stats?call_id=c1",
        "/rtpengine/stats?node=n1");
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(TYPES);
  }

  @Provide
  Arbitrary<String> jsonTypes() {
    return Arbitraries.of(Arrays.copyOf(TYPES, 4));
  }

  @Provide
  Arbitrary<String> headers() {
    return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(300);
  }
}
