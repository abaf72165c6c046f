package io.busyhour.serve.view;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.field.PhoneNumber;
import io.busyhour.event.field.Words;
import io.busyhour.projection.change.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call's row as JSON: the fields of the call events in their spelling; unknown ones are left out.
 */
final class CallView {
  private final Map<String, Object> row = new LinkedHashMap<>();
  private final boolean numbersShown;

  private CallView(boolean numbersShown) {
    this.numbersShown = numbersShown;
  }

  static Map<String, Object> of(CallRecord call, boolean numbersShown) {
    CallView view = new CallView(numbersShown);
    view.put("call_id", call.callId());
    view.put("status", call.isOpen() ? "active" : Words.of(call.end().outcome()));
    view.put("source", call.source());
    view.beginning(call.beginning());
    view.times(call);
    view.end(call);
    view.sound(call.sound());
    return view.row;
  }

  private void put(String name, Object value) {
    if (value instanceof Enum<?> word) {
      row.put(name, Words.of(word));
    } else if (value instanceof Instant time) {
      row.put(name, time.toString());
    } else if (value != null) {
      row.put(name, value);
    }
  }

  private void beginning(Beginning b) {
    put("account", b.account());
    put("user_id", b.userId());
    put("campaign_id", b.campaignId());
    put("trunk", b.trunk());
    put("provider", b.provider());
    put("direction", b.direction());
    put("from", numbersShown ? b.from() : PhoneNumber.mask(b.from()));
    put("to", numbersShown ? b.to() : PhoneNumber.mask(b.to()));
    put("zone", b.zone());
    put("origination_country", b.originationCountry());
    put("destination_country", b.destinationCountry());
    put("parent_call_id", b.parentCallId());
  }

  private void times(CallRecord call) {
    put("started_at", call.startedAt());
    put("ringing_at", call.times().ringing());
    put("answered_at", call.answeredAt());
    put("ended_at", call.times().ended());
    put("last_event_at", call.times().lastEvent());
    put("answered_by", call.answeredBy());
    put("pdd_ms", call.pddMs() != null ? call.pddMs() : measuredPdd(call.times()));
  }

  /** Post-dial delay: INVITE to first 18x (RFC 6076, session request delay). */
  private static Double measuredPdd(CallRecord.Times times) {
    if (times.initiated() == null
        || times.ringing() == null
        || times.ringing().isBefore(times.initiated())) {
      return null;
    }
    return Duration.between(times.initiated(), times.ringing()).toNanos() / 1e6;
  }

  private void end(CallRecord call) {
    CallRecord.End end = call.end();
    put("outcome", end.outcome());
    put("duration_seconds", call.talkSeconds());
    put("sip_code", end.sipCode());
    put("q850_cause", end.q850Cause());
    put("hangup_source", end.hangupSource());
    put("cost", end.cost() == null ? null : end.cost().toPlainString());
    put("currency", end.currency());
    put("error_type", end.errorType());
    put("has_transcript", end.hasTranscript());
    put("has_audio", end.hasAudio());
    put("reaped", end.reaped());
  }

  private void sound(CallRecord.Sound sound) {
    put("codec", sound.codec());
    put("mos", sound.mos());
    put("r_factor", sound.rFactor());
    put("jitter_ms", sound.jitterMs());
    put("packet_loss", sound.packetLoss());
    put("rtt_ms", sound.rttMs());
  }
}
