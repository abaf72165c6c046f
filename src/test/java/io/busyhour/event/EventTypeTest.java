package io.busyhour.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.event.field.InvalidField;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {
  /** A value for every field of every event: a new field fails here until it has one. */
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("call_id", "CA1"), Map.entry("account", "acme"), Map.entry("cost", "0.0123"));

  @ParameterizedTest
  @EnumSource(EventType.class)
  void named_roundTrip(EventType type) {
    assertThat(EventType.named(type.wireName())).isSameAs(type);
  }

  @Test
  void read_endedWithAllFields_writesTheSame() {
    Map<String, Object> data = new LinkedHashMap<>(VALUES);
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
