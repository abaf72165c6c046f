package io.busyhour.receive.livekit;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Payloads;
import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** LiveKit's webhooks, proven already. */
public final class WebhookTarget implements Target {
  private static final RoomPattern PATTERN = RoomPattern.parse(RoomPattern.STANDARD);

  @Override
  public String name() {
    return "livekit";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of(
            "agent-joined",
            "egress-ended",
            "lk1",
            "participant-joined",
            "participant-left",
            "participant-left-rejected",
            "room-finished",
            "track-published")
        .map(name -> Payloads.text("livekit/" + name + ".json").getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    new Webhook(JsonReader.object(input, 0, input.length, 1 << 20), "hash", PATTERN, NOW)
        .delivery();
  }
}
