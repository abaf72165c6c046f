package io.busyhour.receive.kamailio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  private static final String ACC =
      "ACC: transaction answered: timestamp=1762186801;method=INVITE;from_tag=as7d;to_tag=gK0c;"
          + "call_id=9c1f;code=200;reason=";

  private static Map<String, Object> fields(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return Line.fields(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Nov  3 16:20:01 sbc1 /usr/sbin/kamailio[812]: ",
        "{1 1 INVITE 9c1f} NOTICE: acc [acc.c:287]: acc_log_request(): ",
        "<142>Nov  3 16:20:01 sbc1 kamailio[812]: NOTICE: acc [acc.c:287]: acc_log_request(): ",
        "<142>1 2025-11-03T16:20:01Z sbc1 kamailio 812 - - NOTICE: {1 1 INVITE 9c1f} acc: "
      })
  void acc_afterAnyHeader_isRead(String header) {
    assertThat(fields(header + ACC + "OK"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "timestamp", "1762186801",
                "method", "INVITE",
                "from_tag", "as7d",
                "to_tag", "gK0c",
                "call_id", "9c1f",
                "code", "200",
                "reason", "OK"));
  }

  @Test
  void value_withSeparators_isOneValue() {
    assertThat(fields(ACC + "Busy; try again;later = never;;src_user=alice;bob"))
        .containsEntry("reason", "Busy; try again;later = never;")
        .containsEntry("src_user", "alice;bob");
  }

  @Test
  void value_thatLooksLikeFields_overridesNoneOfAcc() {
    assertThat(fields(ACC + "OK;method=BYE;call_id=other;code=486;timestamp=1;customer_id=me"))
        .containsEntry("method", "INVITE")
        .containsEntry("call_id", "9c1f")
        .containsEntry("code", "200")
        .containsEntry("timestamp", "1762186801");
    assertThat(fields(ACC + "OK;customer_id=forged;customer_id=12345"))
        .containsEntry("customer_id", "12345");
  }

  @Test
  void acc_emptyValues_areThere() {
    assertThat(fields(ACC + ";src_user="))
        .containsEntry("reason", "")
        .containsEntry("src_user", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r", " ", "#012", "\n"})
  void cdr_whateverEndsIt_isRead(String end) {
    assertThat(
            fields(
                "log_write_cdr(): start_time=1762186801.120; end_time=1762186862.481;"
                    + " duration=61.361; dst_uri=sip:b@example.org;transport=udp; callid=9c1f"
                    + end))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "start_time", "1762186801.120",
                "end_time", "1762186862.481",
                "duration", "61.361",
                "dst_uri", "sip:b@example.org;transport=udp",
                "callid", "9c1f"));
  }

  @Test
  void json_afterAHeader_isRead() {
    assertThat(fields("Nov  3 16:20:01 sbc1 json_acc[812]: {\"method\": \"ACC: x\", \"time\": 1}"))
        .containsEntry("method", "ACC: x")
        .containsEntry("time", 1);
  }

  @Test
  void line_withoutARecord_isRefused() {
    assertRefused("NOTICE: <script>: hello", Reason.UNKNOWN_TYPE);
    assertRefused("x {\"method\":", Reason.MALFORMED_JSON);
    assertRefused(ACC + "x".repeat(64 * 1024), Reason.TOO_LARGE);
  }

  private static void assertRefused(String line, Reason reason) {
    assertThatThrownBy(() -> fields(line))
        .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
        .extracting(Refusal::reason)
        .isEqualTo(reason);
  }
}
