package io.busyhour.boot.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.boot.settings.LogFormat;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
  void format_text_isForPeople() {
    assertThat(new Lines().format(log)).contains("WARNING").contains("\"second\"");
  }
}
