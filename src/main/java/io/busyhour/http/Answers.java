package io.busyhour.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the answer that a refused sender gets. */
final class Answers {
  private static final JsonFactory JSON = new JsonFactory();

  private Answers() {}

  static Response of(Refusal refusal) {
    Reason reason = refusal.reason();
    ResponseBuilder answer = of(reason.status(), reason, refusal.getMessage());
    refusal.headers().forEach(answer::header);
    return answer.build();
  }

  static ResponseBuilder of(int status, Reason reason, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(body(reason, message));
  }

  static byte[] body(Reason reason, String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("error", reason.word());
      json.writeStringField("message", message);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
