package io.busyhour.receive.kamailio;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.Payloads;
import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Records as lines, with and without a header of syslog. */
public final class LineTarget implements Target {
  private final Records records = new Records(CdrStart.CONFIRMED, NOW);

  @Override
  public String name() {
    return "kamailio-lines";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of("acc.txt", "cdr.txt", "syslog.txt")
        .flatMap(file -> Payloads.text("kamailio/" + file).lines())
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    records.delivery(Line.fields(input, 0, input.length));
  }
}
