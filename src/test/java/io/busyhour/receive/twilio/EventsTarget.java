package io.busyhour.receive.twilio;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.JsonReader;
import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Twilio's Event Streams. */
public final class EventsTarget implements Target {
  @Override
  public String name() {
    return "twilio-events";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of("call", "message", "other")
        .map(name -> TwilioSigner.events(name).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    try (JsonReader json = new JsonReader(input, 0, input.length, input.length)) {
      if (json.isArray()) {
        json.elements(
            event -> new StreamEvent(event, NOW).delivery(),
            refusal -> {
              throw refusal;
            });
      } else {
        new StreamEvent(json.object(), NOW).delivery();
        json.end();
      }
    }
  }
}
