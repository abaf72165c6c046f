package io.busyhour.receive.twilio;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Twilio's callbacks about calls and messages. */
public final class FormTarget implements Target {
  @Override
  public String name() {
    return "twilio-form";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of(
            "voice-status-busy",
            "voice-status-completed",
            "voice-webhook-inbound",
            "detection",
            "recording",
            "conference",
            "message-undelivered",
            "message-inbound")
        .map(name -> TwilioSigner.payload(name).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    Form form = Form.parse(input);
    if (form.has("MessageSid")) {
      new MessageCallback(form, form, NOW).delivery();
    } else {
      new VoiceCallback(form, form, NOW).delivery();
    }
  }
}
