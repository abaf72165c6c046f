package io.busyhour.receive.rtpengine;

import io.busyhour.event.Delivery;
import io.busyhour.event.Occurrence;
import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Fingerprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a reply is about, which RTPEngine does not say in it: the sender does, in the URL.
 *
 * @param callId a call
 * @param node a node, where there is no call
 * @param capacity the most sessions that the node can have
 */
record Subject(String callId, String node, String capacity) {

  /**
   * What a reply says about it.
   *
   * @param fingerprint of the reply: one that is sent again is the same
   */
  Delivery delivery(Reply reply, String fingerprint, Instant receipt) {
    if (isGiven(callId)) {
      String id = String.join(" ", callId, String.valueOf(reply.number("created")), fingerprint);
      List<Occurrence> said =
          FlatReport.is(reply)
              ? List.of(new FlatReport(callId, reply).occurrence(receipt))
              : new CallReply(callId, reply, receipt).occurrences();
      return new Delivery(Fingerprint.key(RtpengineDoor.SOURCE, id), said, false);
    }
    if (isGiven(node)) {
      // A node that does nothing says the same every time, and is still there.
      String minute = receipt.truncatedTo(ChronoUnit.MINUTES).toString();
      String id = String.join(" ", node, minute, fingerprint);
      return Delivery.of(
          Fingerprint.key(RtpengineDoor.SOURCE, id),
          new NodeReply(node, reply, limit()).occurrence(receipt));
    }
    throw new Refusal(
        Reason.MISSING_FIELD, "The URL says neither call_id nor node (expected: one of them).");
  }

  private static boolean isGiven(String parameter) {
    return parameter != null && !parameter.isEmpty();
  }

  private Integer limit() {
    if (!isGiven(capacity)) {
      return null;
    }
    if (capacity.matches("[1-9][0-9]{0,8}")) {
      return Integer.valueOf(capacity);
    }
    throw new Refusal(
        Reason.INVALID_VALUE,
        "capacity: %s (expected: the most sessions of the node, at least 1)"
            .formatted(Quoted.of(capacity)));
  }
}
