package io.busyhour.receive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.busyhour.http.Refusal;
import io.busyhour.journal.Journal.Appended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What the sender of a batch is told: how many events were stored, known already, or refused and
 * why.
 */
public record Receipt(int accepted, int duplicates, List<Rejected> rejected) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Keeps the list from changing. */
  public Receipt {
    rejected = List.copyOf(rejected);
  }

  /** One refused event; the error is the word of a reason. */
  public record Rejected(int index, String error, String message) {
    Rejected(int index, Refusal refusal) {
      this(index, refusal.reason().word(), refusal.getMessage());
    }
  }

  /** What became of a single event. */
  public static Receipt of(Appended one) {
    return new Receipt(one == Appended.NEW ? 1 : 0, one == Appended.DUPLICATE ? 1 : 0, List.of());
  }

  /** 200, unless there were events and every one was refused. */
  public Response response() {
    boolean allRejected = accepted + duplicates == 0 && !rejected.isEmpty();
    return Response.status(allRejected ? 400 : 200)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(json())
        .build();
  }

  private byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("accepted", accepted);
      json.writeNumberField("duplicates", duplicates);
      json.writeArrayFieldStart("rejected");
      for (Rejected one : rejected) {
        json.writeStartObject();
        json.writeNumberField("index", one.index);
        json.writeStringField("error", one.error);
        json.writeStringField("message", one.message);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
