package io.busyhour.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.event.field.InvalidField;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {
  /** A good value for every field that an event needs: nothing else need be said. */
  private static Map<String, Object> needed(EventType type) {
    return switch (type) {
      case CALL_INITIATED,
          CALL_RINGING,
          CALL_ANSWERED,
          CALL_QUALITY,
          CALL_TAKEN,
          CALL_RELEASED,
          CALL_RECORDED,
          CALL_REAPED ->
          Map.of("call_id", "c1");
      case CALL_ENDED -> Map.of("call_id", "c1", "outcome", "busy");
      case CALL_LATENCY -> Map.of("call_id", "c1", "event_type", "session", "duration_ms", 5);
      case CAMPAIGN_UPDATED -> Map.of("campaign_id", "c1");
      case CAMPAIGN_PROCESSED -> Map.of("campaign_id", "c1", "latency_seconds", 1);
      case CAMPAIGN_POLLED -> Map.of("duration_seconds", 1);
      case ALERT_FIRING, ALERT_RESOLVED -> Map.of("fingerprint", "f1");
      case WEBHOOK_QUEUED, WEBHOOK_GIVEN_UP ->
          Map.of("delivery_id", "d1", "event_type", "call.ended", "partner_id", "p1");
      case WEBHOOK_ATTEMPTED -> Map.of("delivery_id", "d1", "attempt", 1, "result", "failed");
      case WEBHOOK_WORKER -> Map.of("worker_id", "w1");
      case DIALER_REQUESTED -> Map.of("request_id", "r1", "leg", "contact");
      case DIALER_RESPONDED -> Map.of("request_id", "r1", "result", "answered");
      case CALLER_SESSION_CHANGED -> Map.of("caller_session_id", "s1", "state", "hold");
      case AUTOSCALE_DONE -> Map.of("process", "web", "action", "up");
      case JOB_DONE -> Map.of("process", "web", "job_name", "import", "status", "started");
      case SMS_SENT -> Map.of("message_id", "m1");
      case SMS_STATUS -> Map.of("message_id", "m1", "status", "sent");
      case BILLING_RATED -> Map.of("account", "acme", "service", "voice");
      case ACCOUNT_UPDATED -> Map.of("account", "acme");
      case TRUNK_UPDATED -> Map.of("trunk", "t1");
      case API_REQUEST -> Map.of("endpoint", "/v1/calls", "method", "GET", "status", 200);
      case API_RATE_LIMITED -> Map.of("limit_type", "api");
      case API_AUTH_FAILED -> Map.of("reason", "expired_token");
      case DIP_QUERY -> Map.of("dip_type", "lrn", "status", "success");
      case INFRA_KAMAILIO -> Map.of("node", "n1", "status", "healthy");
      case INFRA_RTPENGINE, INFRA_REDIS -> Map.of("node", "n1");
      case INFRA_DATABASE -> Map.of("service", "api", "database", "calls");
      case TWILIO_CALL_CALLBACK, TWILIO_MESSAGE_CALLBACK -> Map.of("status", "busy");
      case TWILIO_OTHER_CALLBACK -> Map.of("kind", "recording");
      case STATSD_COUNTED -> Map.of("name", "n", "samples", 1, "amount", 1);
      case STATSD_GAUGE_SET -> Map.of("name", "n", "samples", 1, "value", -1);
      case STATSD_GAUGE_CHANGED -> Map.of("name", "n", "samples", 1, "change", -1);
      case STATSD_TIMED ->
          Map.of("name", "n", "samples", 2, "seconds", List.of(1), "times", List.of(2), "sum", 2);
      case STATSD_SET -> Map.of("name", "n", "samples", 1, "members", 1);
      case STATSD_IGNORED -> Map.of("samples", 1);
      case SWITCH_OTHER_RECORD -> Map.of("kind", "transaction");
      case LIVEKIT_OTHER_CALLBACK -> Map.of("event", "room_started");
      case ROOM_JOINED -> Map.of("room_id", "r1", "participant_id", "p1", "kind", "user");
      case ROOM_PUBLISHED, ROOM_LEFT -> Map.of("room_id", "r1", "participant_id", "p1");
      case ROOM_CALL_LEFT -> Map.of("room_id", "r1", "participant_id", "p1", "call_id", "c1");
      case ROOM_FINISHED -> Map.of("room_id", "r1");
      case ROOM_RECORDED -> Map.of("recording_id", "e1");
      case TWILIO_BALANCE -> Map.of("account", "AC1", "balance", "1.5");
      case TWILIO_USAGE -> Map.of("account", "AC1", "category", "sms");
      case TWILIO_ANSWERED -> Map.of("account", "AC1", "operation", "fetch_usage");
      case TWILIO_REFUSED ->
          Map.of("account", "AC1", "operation", "fetch_balance", "reason", "timeout");
      case LINE_COUNTED -> Map.of("metric", "m", "amount", 1);
      case LINE_SAMPLED -> Map.of("metric", "m", "value", 1);
      case LINE_MEASURED -> Map.of("metric", "m", "seconds", 1);
      case LINE_DIALER_COUNTED -> Map.of("tally", "requests_error", "amount", 1);
      case LINE_DIALER_TIMED -> Map.of("leg", "contact", "result", "busy", "seconds", 1);
      case LINE_SESSIONS_SAMPLED -> Map.of("state", "hold", "sessions", 1);
      case LINE_AUTOSCALE_COUNTED -> Map.of("process", "web", "what", "up", "amount", 1);
      case LINE_JOBS_COUNTED -> Map.of("process", "web", "amount", 1);
    };
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void read_whatIsNeededAbsentOrEmpty_isMissing(EventType type) {
    Map<String, Object> good = needed(type);
    assertThat(type.read(good).type()).isSameAs(type);
    for (String field : good.keySet()) {
      Map<String, Object> absent = new LinkedHashMap<>(good);
      absent.remove(field);
      assertMissing(type, absent, field);
      Map<String, Object> empty = new LinkedHashMap<>(good);
      empty.put(field, "");
      assertMissing(type, empty, field);
    }
  }

  private static void assertMissing(EventType type, Map<String, Object> data, String field) {
    assertThatThrownBy(() -> type.read(data))
        .as("%s of %s", data, type)
        .isInstanceOf(InvalidField.class)
        .hasMessage(type.wireName() + " needs " + field)
        .extracting(e -> ((InvalidField) e).rule())
        .isSameAs(InvalidField.Rule.MISSING_FIELD);
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void named_roundTrip(EventType type) {
    assertThat(EventType.named(type.wireName())).isSameAs(type);
  }

  @Test
  void read_endedWithAllFields_writesTheSame() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("call_id", "CA1");
    data.put("account", "acme");
    data.put("cost", "0.0123");
    data.put("outcome", "no_answer");
    data.put("sip_code", 480);
    data.put("zone", "INTRASTATE");
    data.put("direction", "outbound");
    Event event = EventType.CALL_ENDED.read(data);
    assertThat(EventType.CALL_ENDED.read(EventType.data(event))).isEqualTo(event);
    assertThat(((CallEvent.Ended) event).cost()).isEqualTo(new BigDecimal("0.0123"));
  }

  @ParameterizedTest
  @EnumSource(names = {"CALL_INITIATED", "CALL_RINGING", "CALL_ANSWERED", "CALL_ENDED"})
  void read_callEvent_carriesTheBeginning(EventType type) {
    Event event = type.read(Map.of("call_id", "CA1", "outcome", "busy", "trunk", "t1"));
    assertThat(EventType.data(event)).containsEntry("trunk", "t1");
    assertThat(type.read(EventType.data(event))).isEqualTo(event);
  }

  @Test
  void read_missingField_namesIt() {
    assertThatThrownBy(() -> EventType.CALL_ENDED.read(Map.of("call_id", "x")))
        .isInstanceOf(InvalidField.class)
        .hasMessage("call.ended needs outcome");
  }

  @Test
  void read_unknownWord_namesValueAndRule() {
    assertThatThrownBy(
            () -> EventType.CALL_ENDED.read(Map.of("call_id", "x", "outcome", "no-answer")))
        .hasMessage(
            "call.ended: outcome: \"no-answer\" (expected: one of completed, busy, no_answer,"
                + " canceled, rejected, failed, timeout, abandoned)");
  }
}
