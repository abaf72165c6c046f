package io.busyhour.receive.alertmanager;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.Payloads;
import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Notifications of one alert: what is bad about it is what is bad about them. */
public final class NotificationTarget implements Target {
  @Override
  public String name() {
    return "alertmanager";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of("firing", "resolved")
        .map(name -> Payloads.text("alertmanager/" + name + ".json"))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    Notification.read(input, 1 << 20).deliveries(NOW);
  }
}
