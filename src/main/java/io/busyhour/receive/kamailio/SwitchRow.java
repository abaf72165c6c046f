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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The row that a switch keeps of a call after its end, with a stamp for each of its steps: all that
 * will be heard of it.
 */
final class SwitchRow {
  private final Said said;
  private final Parties parties;

  SwitchRow(Said said) {
    this.said = said;
    this.parties = new Parties(said);
  }

  Delivery delivery() {
    String callId = said.callId();
    Instant start = said.needTime("start_stamp");
    Instant end = said.needTime("end_stamp");
    Instant answer = said.time("answer_stamp");
    List<Occurrence> steps = new ArrayList<>();
    steps.add(parties.all(callId).happened(EventType.CALL_INITIATED, start));
    step(callId, EventType.CALL_RINGING, said.time("progress_stamp"), steps);
    step(callId, EventType.CALL_ANSWERED, answer, steps);
    steps.add(
        new EventData()
            .put("call_id", callId)
            .put("outcome", Words.of(outcome(answer != null)))
            .put("sip_code", said.code())
            .put("q850_cause", cause())
            .put("hangup_source", said.storable("hangup_source"))
            // Talk goes from answer to end; the switch's figure is rounded.
            .put("duration_seconds", answer == null ? said.number("raw_seconds") : null)
            .happened(EventType.CALL_ENDED, end));
    String id = String.join(" ", "row", start.toString(), end.toString(), callId);
    return new Delivery(Fingerprint.key(Records.SOURCE, id), steps, true);
  }

  private static void step(String callId, EventType type, Instant time, List<Occurrence> steps) {
    if (time != null) {
      steps.add(new EventData().put("call_id", callId).happened(type, time));
    }
  }

  private Outcome outcome(boolean answered) {
    String disposition = said.text("disposition");
    if (disposition == null) {
      return answered ? Outcome.COMPLETED : byCode(said.code());
    }
    return switch (disposition.toUpperCase(Locale.ROOT).replace(' ', '_')) {
      case "ANSWERED" -> Outcome.COMPLETED;
      case "BUSY" -> Outcome.BUSY;
      case "NO_ANSWER" -> Outcome.NO_ANSWER;
      case "CANCEL", "CANCELED", "CANCELLED" -> Outcome.CANCELED;
      case "FAILED" -> byCode(said.code());
      default ->
          throw new Refusal(
              Reason.INVALID_VALUE,
              "disposition: %s (expected: ANSWERED, BUSY, NO_ANSWER, CANCEL or FAILED)"
                  .formatted(Quoted.of(disposition)));
    };
  }

  /** A call that nobody took has failed, if its code does not say it better. */
  private static Outcome byCode(Integer code) {
    return code != null && SipOutcome.isRefusal(code) ? SipOutcome.of(code) : Outcome.FAILED;
  }

  /** A cause of Q.850; switches write 0 or a word where there was none. */
  private Integer cause() {
    String cause = said.text("release_cause", "q850_cause");
    boolean isCause = cause != null && cause.matches("[1-9][0-9]?|1[01][0-9]|12[0-7]");
    return isCause ? Integer.valueOf(cause) : null;
  }
}
