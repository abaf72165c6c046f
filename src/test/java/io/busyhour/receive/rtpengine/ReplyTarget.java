package io.busyhour.receive.rtpengine;

import static io.busyhour.receive.DoorServer.NOW;

import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Payloads;
import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Replies about calls; those about a node are spoiled by a property. */
public final class ReplyTarget implements Target {
  @Override
  public String name() {
    return "rtpengine";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of("query", "query-without-rtcp", "homer")
        .map(name -> Payloads.text("rtpengine/" + name + ".json").getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    Reply reply = new Reply(JsonReader.object(input, 0, input.length, 1 << 20));
    reply.requireNoError();
    new Subject("c1", null, null).delivery(reply, "0", NOW);
  }
}
