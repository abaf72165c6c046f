package io.busyhour.receive.rtpengine;

import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import java.time.Instant;

/** The reply to {@code statistics}: how busy an RTPEngine is. */
final class NodeReply {
  private static final double PERCENT = 100;

  private final String node;
  private final Reply reply;
  private final Integer capacity;

  /**
   * A reply.
   *
   * @param capacity the most sessions that the node can have; null if nobody says
   */
  NodeReply(String node, Reply reply, Integer capacity) {
    this.node = node;
    this.reply = reply;
    this.capacity = capacity;
  }

  Occurrence occurrence(Instant time) {
    // The command line prints them without what is around them in a reply.
    Reply all = reply.has("statistics") ? reply.part("statistics") : reply;
    Double sessions = all.part("currentstatistics").number("sessionstotal");
    if (sessions == null) {
      throw new Refusal(
          Reason.MISSING_FIELD, "Statistics need currentstatistics with sessionstotal.");
    }
    return new EventData()
        .put("node", node)
        .put("sessions", sessions)
        .put(
            "capacity_percent",
            capacity == null ? null : Math.min(PERCENT, sessions * PERCENT / capacity))
        .happened(EventType.INFRA_RTPENGINE, time);
  }
}
