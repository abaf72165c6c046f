package io.busyhour.receive.kamailio;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Quoted;
import io.busyhour.event.field.Words;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import io.busyhour.receive.Fingerprint;
import java.time.Instant;

/** What a script sends from an event route of Kamailio's dialog module. */
final class DialogEvent {
  private final Said said;
  private final Parties parties;

  DialogEvent(Said said) {
    this.said = said;
    this.parties = new Parties(said);
  }

  Delivery delivery() {
    String event = said.need("event");
    String callId = said.callId();
    Instant time = said.time("time");
    String id = String.join(" ", event, time == null ? "-" : time.toString(), callId);
    return Delivery.of(
        Fingerprint.key(Records.SOURCE, id),
        occurrence(event, callId, time == null ? said.receipt() : time));
  }

  private Occurrence occurrence(String event, String callId, Instant time) {
    return switch (event) {
      case "dialog:start" -> parties.all(callId).happened(EventType.CALL_TAKEN, time);
      case "dialog:end" -> Transaction.completed(parties.route(callId), said, time);
      case "dialog:failed" -> failed(callId, time);
      default ->
          throw new Refusal(
              Reason.UNKNOWN_TYPE,
              "event: %s (expected: dialog:start, dialog:end or dialog:failed)"
                  .formatted(Quoted.of(event)));
    };
  }

  private Occurrence failed(String callId, Instant time) {
    Integer code = said.code();
    EventData call = parties.all(callId);
    if (code == null) {
      return call.put("outcome", Words.of(Outcome.FAILED)).happened(EventType.CALL_RELEASED, time);
    }
    return SipOutcome.isRefusal(code)
        ? Transaction.refused(call, code, time)
        : Transaction.other(callId, time);
  }
}
