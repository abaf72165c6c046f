package io.busyhour.receive.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.busyhour.event.Delivery;
import io.busyhour.receive.DoorServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Well-signed callbacks with anything in them, and callbacks in any order. */
class TwilioProperties {
  private static final List<String> CALL =
      Stream.of("initiated", "ringing", "in-progress", "completed")
          .map(step -> TwilioSigner.payload("voice-status-" + step))
          .toList();
  private static final List<String> ALL =
      List.of(
          "voice-status-busy",
          "voice-status-completed",
          "voice-webhook-inbound",
          "detection",
          "recording",
          "message-undelivered",
          "message-inbound");

  private static DoorServer server;

  @BeforeContainer
  static void start() {
    server = DoorServer.start();
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Property(tries = 500)
  void anyValue_ofAnyParameter_isTakenOrRefusedWithAReason(
      @ForAll("payloads") String payload,
      @ForAll("doors") String door,
      @ForAll long seed,
      @ForAll("values") String value) {
    Random random = new Random(seed);
    List<String> pairs = new ArrayList<>(Arrays.asList(payload.split("&", -1)));
    int at = random.nextInt(pairs.size());
    String pair = pairs.remove(at);
    if (random.nextBoolean()) {
      String name = pair.substring(0, Math.max(pair.indexOf('='), 0));
      pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    HttpResponse<String> answer = post(door, String.join("&", pairs));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204, 400);
    if (answer.statusCode() == 400) {
      assertThat(answer.body())
          .containsPattern(
              "\"error\":\"(missing_field|invalid_value|invalid_time|wrong_type)\","
                  + "\"message\":\"[^\"]");
    }
  }

  @Property(tries = 50)
  void callbacks_anyOrderAndRepetition_areTheSameDeliveries(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> sent = new ArrayList<>(CALL);
    for (int repeats = random.nextInt(5); repeats > 0; repeats--) {
      sent.add(CALL.get(random.nextInt(CALL.size())));
    }
    Collections.shuffle(sent, random);
    assertThat(stored(sent)).isEqualTo(stored(CALL));
  }

  private static Set<Delivery> stored(List<String> callbacks) {
    server.journal().clear();
    callbacks.forEach(body -> assertThat(post("/twilio/voice", body).statusCode()).isEqualTo(204));
    assertThat(server.journal().stored()).hasSize(CALL.size());
    return new HashSet<>(server.journal().stored());
  }

  private static HttpResponse<String> post(String path, String body) {
    return server.send(
        server
            .to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", TwilioSigner.sign(server.url() + path, body))
            .POST(BodyPublishers.ofString(body)));
  }

  @Provide
  Arbitrary<String> payloads() {
    return Arbitraries.of(ALL.stream().map(TwilioSigner::payload).toList());
  }

  @Provide
  Arbitrary<String> doors() {
    return Arbitraries.of("/twilio/voice", "/twilio/messages");
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        // Whole code points: half a surrogate pair cannot be sent in UTF-8.
        Arbitraries.integers()
            .between(0, 0x10FFFF)
            .filter(c -> c < 0xD800 || c > 0xDFFF)
            .list()
            .ofMaxSize(20)
            .map(l -> l.stream().map(Character::toString).reduce("", String::concat)),
        Arbitraries.of(
            "-1",
            "0",
            "1e99",
            "1e999999999",
            "NaN",
            "99999999999999999999999",
            "completed",
            "in-progress",
            "answered",
            "received",
            "x".repeat(300),
            "\u0000"));
  }
}
