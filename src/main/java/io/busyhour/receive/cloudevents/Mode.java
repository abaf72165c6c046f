package io.busyhour.receive.cloudevents;

import io.busyhour.event.field.Quoted;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** How the events of a request are written (CloudEvents HTTP binding, section 3). */
enum Mode {
  /** One event as a JSON object. */
  STRUCTURED,
  /** A JSON array of events. */
  BATCH,
  /** One event, its attributes in headers and its data in the body. */
  BINARY,
  /** One event as a JSON object on each line. */
  LINES,
  /** One event or an array. */
  JSON;

  /**
   * The mode of a request.
   *
   * @throws Refusal unsupported_media_type
   */
  static Mode of(HttpHeaders headers) {
    String given = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    String type = given == null ? "" : mediaType(given);
    boolean binary = headers.getHeaderString("ce-specversion") != null;
    return switch (type) {
      case "application/cloudevents-batch+json" -> BATCH;
      case "application/cloudevents+json" -> STRUCTURED;
      case "application/x-ndjson", "application/ndjson" -> LINES;
      case "application/json" -> binary ? BINARY : JSON;
      default -> {
        if (binary && (type.isEmpty() || type.equals("text/json") || type.endsWith("+json"))) {
          yield BINARY;
        }
        throw new Refusal(
            Reason.UNSUPPORTED_MEDIA_TYPE,
            "Content-Type: %s (expected: application/json, application/x-ndjson,"
                    .formatted(Quoted.of(type))
                + " application/cloudevents+json or application/cloudevents-batch+json)");
      }
    };
  }

  private static String mediaType(String header) {
    int parameters = header.indexOf(';');
    String type = parameters < 0 ? header : header.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a body of this mode may hold many events, and so may be larger. */
  boolean isMany() {
    return this == BATCH || this == LINES || this == JSON;
  }
}
