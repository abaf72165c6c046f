package io.busyhour.serve.export;

import io.busyhour.projection.calls.history.CallLine;
import io.busyhour.projection.calls.history.CallLine.Figure;
import io.busyhour.projection.calls.history.CallLine.Text;
import io.busyhour.projection.calls.history.CallLine.Width;

/** What an export says of a call, in its order: what is usual, then the rest. */
final class CallFields {
  private CallFields() {}

  static void write(CallLine call, boolean numbersShown, Cells out) {
    out.begin();
    out.text("call_id", call.callId());
    out.word("call_type", call.text(Text.DIRECTION));
    number("caller_number", call.text(Text.FROM), numbersShown, out);
    number("callee_number", call.text(Text.TO), numbersShown, out);
    out.time("started_at", call.startedAt());
    out.time("ended_at", call.endedAt());
    out.figure("duration_seconds", call.talkSeconds());
    out.word("status", call.outcome() == null ? "active" : call.outcome());
    bit("has_transcript", call.hasTranscript(), out);
    bit("has_audio", call.hasAudio(), out);
    out.rest();
    out.text("account", call.text(Text.ACCOUNT));
    out.text("campaign_id", call.text(Text.CAMPAIGN));
    out.text("trunk", call.text(Text.TRUNK));
    out.figure("reaped", call.isReaped() ? 1 : 0);
    if (call.width() == Width.ALL) {
      route(call, out);
      progress(call, out);
      sound(call, out);
      out.text("source", call.text(Text.SOURCE));
    }
    out.end();
  }

  private static void number(String name, String number, boolean shown, Cells out) {
    out.text(name, shown ? number : Cells.masked(number));
  }

  private static void bit(String name, Boolean flag, Cells out) {
    out.figure(name, flag == null ? null : Integer.valueOf(flag ? 1 : 0));
  }

  private static void route(CallLine call, Cells out) {
    out.text("user_id", call.text(Text.USER));
    out.text("provider", call.text(Text.PROVIDER));
    out.text("zone", call.text(Text.ZONE));
    out.text("origination_country", call.text(Text.ORIGINATION));
    out.text("destination_country", call.text(Text.DESTINATION));
  }

  private static void progress(CallLine call, Cells out) {
    out.time("ringing_at", call.ringingAt());
    out.time("answered_at", call.answeredAt());
    out.word("answered_by", call.text(Text.ANSWERED_BY));
    out.figure("pdd_ms", call.postDialDelayMs());
    out.figure("sip_code", call.figure(Figure.SIP_CODE));
    out.figure("q850_cause", call.figure(Figure.Q850_CAUSE));
    out.text("hangup_source", call.text(Text.HANGUP_SOURCE));
    out.figure("cost", call.cost());
    out.text("currency", call.text(Text.CURRENCY));
    out.text("error_type", call.text(Text.ERROR_TYPE));
  }

  private static void sound(CallLine call, Cells out) {
    out.text("codec", call.text(Text.CODEC));
    out.figure("mos", call.figure(Figure.MOS));
    out.figure("r_factor", call.figure(Figure.R_FACTOR));
    out.figure("jitter_ms", call.figure(Figure.JITTER_MS));
    out.figure("packet_loss", call.figure(Figure.PACKET_LOSS));
    out.figure("rtt_ms", call.figure(Figure.RTT_MS));
  }
}
