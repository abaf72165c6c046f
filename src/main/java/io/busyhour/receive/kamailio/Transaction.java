package io.busyhour.receive.kamailio;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Field;
import io.busyhour.event.field.Words;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.EventData;
import io.busyhour.receive.Fingerprint;
import java.time.Instant;

/**
 * A record of the acc module: how one SIP transaction was answered. It does not tell a first INVITE
 * from one within the call, nor the last of several ways from the others, so a refusal is reported
 * as one that may not be the end.
 */
final class Transaction {
  private static final int OK = 200;

  private final Said said;
  private final Parties parties;

  Transaction(Said said) {
    this.said = said;
    this.parties = new Parties(said);
  }

  Delivery delivery() {
    String method = said.need("method");
    String callId = said.callId();
    Integer code = said.code();
    if (code == null) {
      throw new Refusal(Reason.MISSING_FIELD, "A record of a transaction needs sip_code.");
    }
    Instant time = said.accTime();
    String tag = said.text("to_tag");
    // A sender that got no answer sends the record again, and a missed call is recorded twice.
    String id = String.join(" ", method, code.toString(), time.toString(), callId, tag);
    return Delivery.of(Fingerprint.key(Records.SOURCE, id), occurrence(method, callId, code, time));
  }

  private Occurrence occurrence(String method, String callId, int code, Instant time) {
    if (method.equals("INVITE")) {
      return invite(callId, code, time);
    }
    if (!method.equals("BYE")) {
      return other(callId, time);
    }
    // Who gets 481 or no answer to a BYE has ended the session all the same (RFC 3261, 15.1.1).
    return SipOutcome.isSuccess(code)
        ? ended(callId, time)
        : code == 408 || code == 481 ? letGo(callId, time) : other(callId, time);
  }

  private Occurrence invite(String callId, int code, Instant time) {
    if (SipOutcome.isRinging(code)) {
      return parties.all(callId).happened(EventType.CALL_RINGING, time);
    }
    if (SipOutcome.isSuccess(code)) {
      return parties.all(callId).happened(EventType.CALL_TAKEN, time);
    }
    return SipOutcome.isRefusal(code)
        ? refused(parties.all(callId), code, time)
        : other(callId, time);
  }

  /** A refusal, which is the call's end unless somebody takes the call or knows a later one. */
  static Occurrence refused(EventData call, int code, Instant time) {
    return call.put("outcome", Words.of(SipOutcome.of(code)))
        .put("sip_code", code)
        .happened(EventType.CALL_RELEASED, time);
  }

  private Occurrence ended(String callId, Instant time) {
    return completed(parties.route(callId), said, time);
  }

  /** The end of a call that was taken. */
  static Occurrence completed(EventData call, Said said, Instant time) {
    return call.put("outcome", Words.of(Outcome.COMPLETED))
        .put("sip_code", OK)
        .put("hangup_source", said.storable("hangup_source"))
        .happened(EventType.CALL_ENDED, time);
  }

  private Occurrence letGo(String callId, Instant time) {
    return parties
        .route(callId)
        .put("hangup_source", said.storable("hangup_source"))
        .happened(EventType.CALL_RELEASED, time);
  }

  /** What says nothing of a call's state, and is in no figure but the ledger's. */
  static Occurrence other(String callId, Instant time) {
    return new EventData()
        .put("kind", "transaction")
        .put("call_id", callId.length() <= Field.MAX_ID && Field.isPlain(callId) ? callId : null)
        .happened(EventType.SWITCH_OTHER_RECORD, time);
  }
}
