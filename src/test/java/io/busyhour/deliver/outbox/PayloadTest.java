package io.busyhour.deliver.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.event.EventType;
import io.busyhour.event.Occurrence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00.25Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Occurrence ended(Map<String, ?> more) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("call_id", "c1");
    data.put("outcome", "busy");
    data.put("from", "+13035550171");
    data.putAll(more);
    return new Occurrence(AT, EventType.CALL_ENDED.read(data), data);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void event_hasItsTypeTimeAndData() {
    assertThat(Payload.of(ended(Map.of("note", "as sent")), true))
        .isEqualTo(
            "{\"type\":\"call.ended\",\"timestamp\":\"2026-11-20T12:00:00.250Z\",\"data\":{"
                + "\"call_id\":\"c1\",\"outcome\":\"busy\",\"from\":\"+13035550171\","
                + "\"note\":\"as sent\"}}");
  }

  @Test
  void number_isMasked_whereverItStands() {
    String payload = Payload.of(ended(Map.of("note", "ring +1 303 555 0172")), false);
    assertThat(payload).contains("+1303555****").doesNotContain("0171").doesNotContain("0172");
  }

  @Test
  void fieldsThatAreUnknown_areLeftOut_whereAllIsTooLong() throws Exception {
    String payload = Payload.of(ended(Map.of("transcript", "ü".repeat(12_000))), true);
    JsonNode read = JSON.readTree(payload);
    assertThat(bytes(payload)).isLessThan(20_000);
    assertThat(read.get("truncated").asBoolean()).isTrue();
    assertThat(read.get("data").fieldNames())
        .toIterable()
        .containsOnly("call_id", "outcome", "from");
  }

  @Test
  void textsOfKnownFields_areCut_whereTheyAreTooLongToo() throws Exception {
    // Each of these is as long as it may be, and six bytes a character as JSON writes it.
    Map<String, Object> more = new LinkedHashMap<>();
    for (String field :
        new String[] {
          "account",
          "user_id",
          "campaign_id",
          "trunk",
          "provider",
          "from",
          "to",
          "hangup_source",
          "currency",
          "error_type",
          "origination_country",
          "destination_country",
          "parent_call_id"
        }) {
      more.put(field, "\ud83d\ude00".repeat(field.equals("parent_call_id") ? 64 : 128));
    }
    more.put("codec", "x".repeat(200));
    Occurrence said = ended(more);
    String payload = Payload.of(said, true);
    assertThat(bytes(payload)).isLessThan(20_000);
    assertThat(JSON.readTree(payload).get("data").get("call_id").asText()).isEqualTo("c1");
  }
}
