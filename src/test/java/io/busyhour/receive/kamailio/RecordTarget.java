package io.busyhour.receive.kamailio;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Payloads;
import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Records as JSON, of each kind. */
public final class RecordTarget implements Target {
  private final Records records = new Records(CdrStart.INITIAL, NOW);

  @Override
  public String name() {
    return "kamailio-json";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.concat(
            Stream.of("acc", "cdr", "row").map(name -> Payloads.text("kamailio/" + name + ".json")),
            Stream.of("{\"event\":\"dialog:failed\",\"callid\":\"c\",\"code\":487}"))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    try (JsonReader json = JsonReader.lenient(input, 0, input.length, 1 << 20)) {
      records.delivery(json.object());
    }
  }
}
