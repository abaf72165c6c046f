package io.busyhour.receive.cloudevents;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.JsonReader;
import io.busyhour.receive.fuzz.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Structured CloudEvents, one of each type. */
public final class CloudEventTarget implements Target {
  @Override
  public String name() {
    return "cloudevents";
  }

  @Override
  public List<byte[]> payloads() {
    try {
      return Files.readAllLines(Path.of("src/test/resources/catalogue/events.ndjson")).stream()
          .map(
              line ->
                  "{\"specversion\":\"1.0\",\"id\":\"é1\",\"source\":\"/pbx\"," + line.substring(1))
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void parse(byte[] input) {
    new CloudEvent(JsonReader.object(input, 0, input.length, 1 << 20)).delivery(NOW);
  }
}
