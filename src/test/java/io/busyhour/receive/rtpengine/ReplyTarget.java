package io.busyhour.receive.rtpengine;

import static io.busyhour.receive.DoorServer.NOW;

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
    return Stream.of("query.json", "query-without-rtcp.json", "homer.json", "delete.txt")
        .map(file -> Payloads.text("rtpengine/" + file).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    Reply reply = Reply.read(input, 1 << 20);
    reply.requireNoError();
    new Subject("c1", null, null).delivery(reply, "0", NOW);
  }
}
