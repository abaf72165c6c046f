package io.busyhour.receive.rtpengine;

import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.receive.EventData;
import java.time.Instant;

/**
 * A report in which the figures stand side by side, as those write it who collect RTCP beside
 * RTPEngine (Homer): MOS 1 to 5, times in milliseconds.
 */
final class FlatReport {
  private final String callId;
  private final Reply report;

  FlatReport(String callId, Reply report) {
    this.callId = callId;
    this.report = report;
  }

  /** Tells whether it is one, and not a reply of RTPEngine. */
  static boolean is(Reply reply) {
    return reply.has("mos") || reply.has("r_factor");
  }

  Occurrence occurrence(Instant receipt) {
    return new EventData()
        .put("call_id", callId)
        .put("codec", report.text("codec"))
        .put("mos", report.number("mos"))
        .put("r_factor", report.number("r_factor"))
        .put("jitter_ms", report.first("jitter", "jitter_avg", "jitter_ms"))
        .put("rtt_ms", report.first("rtt", "rtt_ms"))
        .put("packet_loss", loss())
        .happened(EventType.CALL_QUALITY, receipt);
  }

  private Double loss() {
    Double lost = report.first("lost", "packets_lost");
    Double packets = report.number("packets");
    return lost == null || packets == null || packets <= 0 || lost < 0
        ? null
        : Double.valueOf(lost / (packets + lost));
  }
}
