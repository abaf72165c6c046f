package io.busyhour.receive.librato;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.fuzz.Target;
import java.util.List;
import java.util.stream.Stream;

/** Log drains: lines, and frames. */
public final class LineTarget implements Target {
  @Override
  public String name() {
    return "l2met";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of("heroku.logplex", "reference.logplex", "dialer.txt", "heroku.logplex")
        .map(Payloads::bytes)
        .toList();
  }

  /** What begins like a frame is read as frames. */
  @Override
  public void parse(byte[] input) {
    boolean isFramed = input.length > 0 && input[0] >= '0' && input[0] <= '9';
    Drain drain = isFramed ? Drain.ofFrames(input, NOW) : Drain.ofLines(input, NOW);
    drain.deliveries("fuzz");
    if (!drain.refused().isEmpty()) {
      Reason first = drain.refused().keySet().iterator().next();
      throw new Refusal(first, "Some of it was refused.");
    }
  }
}
