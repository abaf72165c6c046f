package io.busyhour.receive.kamailio;

import io.busyhour.event.Delivery;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.receive.EventData;
import io.busyhour.receive.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A CDR of Kamailio's acc module: the dialog from its creation to its end. */
final class Cdr {
  private final Said said;
  private final Parties parties;
  private final CdrStart convention;

  Cdr(Said said, CdrStart convention) {
    this.said = said;
    this.parties = new Parties(said);
    this.convention = convention;
  }

  Delivery delivery() {
    Instant start = said.needTime("start_time");
    Instant end = said.needTime("end_time");
    String callId = callId();
    String id = String.join(" ", "cdr", start.toString(), end.toString(), callId);
    return new Delivery(
        Fingerprint.key(Records.SOURCE, id), occurrences(callId, start, end), false);
  }

  /** Without {@code callid=$ci} in cdr_extra nothing else that is heard can be of this call. */
  private String callId() {
    boolean known = said.text("callid", "call_id", "sip_callid") != null;
    return known
        ? said.callId()
        : "cdr-"
            + Fingerprint.of(
                new TreeMap<>(said.fields()).toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<Occurrence> occurrences(String callId, Instant start, Instant end) {
    boolean failed = isFailed(start, end);
    Integer code = failed ? said.code() : null;
    if (code != null && !SipOutcome.isRefusal(code)) {
      return List.of(Transaction.other(callId, end));
    }
    List<Occurrence> all = new ArrayList<>();
    boolean startIsAnswer = convention == CdrStart.CONFIRMED && !failed;
    EventType first = startIsAnswer ? EventType.CALL_TAKEN : EventType.CALL_INITIATED;
    all.add(parties.all(callId).happened(first, start));
    step(callId, EventType.CALL_RINGING, said.time("ringing_time"), all);
    step(callId, EventType.CALL_TAKEN, said.time("answer_time"), all);
    all.add(
        failed
            ? failed(callId, code, end)
            : Transaction.completed(talk(callId, startIsAnswer), said, end));
    return all;
  }

  /** Times that the script kept in dialog variables and put into cdr_extra. */
  private static void step(String callId, EventType type, Instant time, List<Occurrence> all) {
    if (time != null) {
      all.add(new EventData().put("call_id", callId).happened(type, time));
    }
  }

  /**
   * A dialog that was never confirmed still has the end and the duration that it was created with:
   * its start, and 0 without a fraction, which a measured duration always has.
   */
  private boolean isFailed(Instant start, Instant end) {
    Object duration = said.fields().get("duration");
    boolean unmeasured =
        duration instanceof Number number
            ? number.doubleValue() == 0
            : "0".equals(said.text("duration"));
    return unmeasured && start.equals(end);
  }

  private EventData talk(String callId, boolean startIsAnswer) {
    return new EventData()
        .put("call_id", callId)
        .put("duration_seconds", startIsAnswer ? said.number("duration") : null);
  }

  private Occurrence failed(String callId, Integer code, Instant end) {
    EventData call = new EventData().put("call_id", callId);
    return code == null
        ? call.put("outcome", Words.of(Outcome.FAILED)).happened(EventType.CALL_RELEASED, end)
        : Transaction.refused(call, code, end);
  }
}
