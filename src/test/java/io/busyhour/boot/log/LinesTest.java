package io.busyhour.boot.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.boot.settings.LogFormat;
import io.busyhour.boot.settings.LogLevel;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinesTest {
  private final LogRecord log = new LogRecord(Level.WARNING, "two lines:\n\"second\"");

  @AfterEach
  void text() {
    Lines.as(LogFormat.TEXT);
  }

  @Test
  void format_json_isOneObjectALine() throws IOException {
    Lines.as(LogFormat.JSON);
    log.setLoggerName("io.busyhour");
    log.setThrown(new IllegalStateException("why"));
    String line = new Lines().format(log);
    assertThat(line).endsWith(System.lineSeparator());
    assertThat(line.strip().lines()).hasSize(1);
    JsonNode read = new ObjectMapper().readTree(line);
    assertThat(read.get("level").asText()).isEqualTo("WARNING");
    assertThat(read.get("logger").asText()).isEqualTo("io.busyhour");
    assertThat(read.get("message").asText()).isEqualTo("two lines:\n\"second\"");
    assertThat(read.get("timestamp").asText()).endsWith("Z");
    assertThat(read.get("error").asText()).contains("IllegalStateException: why");
  }

  @Test
  void format_json_addsTheFieldsThatAreKnown() throws IOException {
    Lines.as(LogFormat.JSON);
    LogRecord said = new LogRecord(Level.INFO, "about {0}");
    Map<String, Object> fields =
        Map.of("call_id", "c1", "position", 13_035_550_123L, "from", "anybody");
    said.setParameters(new Object[] {"it", fields, null});
    JsonNode read = new ObjectMapper().readTree(new Lines().format(said));
    assertThat(read.get("message").asText()).isEqualTo("about it");
    assertThat(read.get("call_id").asText()).isEqualTo("c1");
    assertThat(read.get("position").asLong()).isEqualTo(13_035_550_123L);
    assertThat(read.has("from")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(LogFormat.class)
  void format_phoneNumberAnywhere_isHidden(LogFormat format) {
    Lines.as(format);
    LogRecord said = new LogRecord(Level.INFO, "GET /calls/%2B13035550123 by {0}");
    said.setParameters(new Object[] {"3035550124", Map.of("call_id", "sip:+13035550125@x")});
    said.setThrown(new IllegalStateException("at 303-555-0126", new IOException("13035550127")));
    assertThat(new Lines().format(said))
        .doesNotContainPattern("555.?01")
        .contains(
            "%2B1303555****", "303555****", "303-555-****", "java.io.IOException: 1303555****");
  }

  @Test
  void levels_ofALogger_areHeldAndThoseOfAllOthersStay() {
    Level usual = Logger.getLogger("").getLevel();
    Logs.levels(Map.of("io.busyhour.some", LogLevel.DEBUG, "io.busyhour.other", LogLevel.OFF));
    assertThat(System.getLogger("io.busyhour.some.where").isLoggable(System.Logger.Level.DEBUG))
        .isTrue();
    assertThat(System.getLogger("io.busyhour.some.where").isLoggable(System.Logger.Level.TRACE))
        .isFalse();
    assertThat(System.getLogger("io.busyhour.other").isLoggable(System.Logger.Level.ERROR))
        .isFalse();
    assertThat(Logger.getLogger("").getLevel()).isEqualTo(usual);
  }

  @Test
  void format_text_isForPeople() {
    assertThat(new Lines().format(log)).contains("WARNING").contains("\"second\"");
  }
}
