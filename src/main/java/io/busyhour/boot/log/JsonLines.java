package io.busyhour.boot.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busyhour.event.field.PhoneNumber;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Writes a log record as one JSON object a line: timestamp, level, logger, message, error. A
 * parameter of the record that is a map gives further fields, those that are known here.
 */
final class JsonLines extends Formatter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Object[] NONE = {};

  /** What a line may say besides, in this order; anything else stays out. */
  private static final List<String> FIELDS =
      List.of(
          "event",
          "source",
          "call_id",
          "position",
          "method",
          "path",
          "status",
          "bytes",
          "duration_ms",
          "token");

  @Override
  public String format(LogRecord log) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", log.getInstant().toString());
    line.put("level", log.getLevel().getName());
    line.put("logger", log.getLoggerName());
    line.put("message", PhoneNumber.maskLine(formatMessage(log)));
    for (Object parameter : log.getParameters() == null ? NONE : log.getParameters()) {
      if (parameter instanceof Map<?, ?> fields) {
        FIELDS.stream()
            .filter(fields::containsKey)
            .forEach(name -> line.put(name, shown(fields.get(name))));
      }
    }
    if (log.getThrown() != null) {
      StringWriter trace = new StringWriter();
      log.getThrown().printStackTrace(new PrintWriter(trace, true));
      line.put("error", PhoneNumber.maskLine(trace.toString()));
    }
    try {
      return JSON.writeValueAsString(line) + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a log line cannot be written as JSON", e);
    }
  }

  /**
   * Texts are masked one by one: in the line as a whole, a long position would look like a number.
   */
  private static Object shown(Object value) {
    return value instanceof String text ? PhoneNumber.maskLine(text) : value;
  }
}
