package io.busyhour.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The document that the server writes as JSON, made of its lines: so that a file can be gone on
 * with.
 */
final class JsonForm implements Form {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String format() {
    return "ndjson";
  }

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public String head(int days) {
    return "{\"exported_at\":\"%s\",\"period_days\":%d,\"calls\":["
        .formatted(Instant.now().truncatedTo(ChronoUnit.MICROS), days);
  }

  @Override
  public String between() {
    return ",\n";
  }

  @Override
  public String tail(long calls) {
    return "\n],\"call_count\":%d}\n".formatted(calls);
  }

  @Override
  public String place(String line) {
    try {
      JsonNode call = JSON.readTree(line);
      return call.path("started_at").asText() + "," + call.path("call_id").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no line of an export", e);
    }
  }
}
