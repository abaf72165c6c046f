package io.busyhour.receive.cloudevents;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import io.busyhour.receive.Body;
import io.busyhour.receive.InFlight;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Receipt;
import io.busyhour.receive.ReceiveSettings;
import io.busyhour.receive.Receiver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door for events in Busyhour's own vocabulary, as CloudEvents 1.0. */
@Path("/v1/events")
@ApplicationScoped
public class EventsDoor {
  private static final String EXAMPLE =
      "{\"specversion\":\"1.0\",\"id\":\"9c1f-0001\",\"source\":\"/pbx/eu-1\","
          + "\"type\":\"call.ended\",\"time\":\"2026-11-20T08:01:08.62Z\","
          + "\"data\":{\"call_id\":\"9c1f\",\"outcome\":\"busy\",\"sip_code\":486}}";

  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final Tokens tokens;

  /** For the container's proxy only. */
  protected EventsDoor() {
    this(null, ReceiveSettings.DEFAULTS, Tokens.none());
  }

  /** A door that stores through this receiver, for those whom the tokens admit. */
  @Inject
  public EventsDoor(Receiver receiver, ReceiveSettings settings, Tokens tokens) {
    this.receiver = receiver;
    this.settings = settings;
    this.tokens = tokens;
  }

  /** Takes one event or many; answers after those that are good were committed. */
  @POST
  @Tag(name = "receive")
  @Operation(
      summary = "Takes events",
      description =
          "One CloudEvent 1.0 (structured or binary mode), a batch, or one event a line. What is"
              + " accepted was committed before the answer; source and id identify an event, and"
              + " its repetition is a duplicate. A bad event of a batch costs itself only.")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/cloudevents+json", example = EXAMPLE),
        @Content(mediaType = "application/cloudevents-batch+json", example = "[" + EXAMPLE + "]"),
        @Content(mediaType = "application/x-ndjson", example = EXAMPLE),
        @Content(mediaType = "application/json", example = EXAMPLE)
      })
  @APIResponse(
      responseCode = "200",
      description = "Stored, but for those events of a batch that are listed as rejected",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Receipt.class),
              example =
                  "{\"accepted\":1,\"duplicates\":0,\"rejected\":[{\"index\":1,"
                      + "\"error\":\"missing_field\",\"message\":\"call.ended needs outcome\"}]}"))
  @APIResponse(
      responseCode = "400",
      description =
          "Nothing stored: malformed_json, invalid_utf8, missing_field, wrong_type, invalid_value,"
              + " unknown_type, invalid_time, too_deep; or a batch of which all was rejected")
  @APIResponse(responseCode = "401", description = "unauthorized: no good token")
  @APIResponse(responseCode = "403", description = "forbidden: the token lacks the role ingest")
  @APIResponse(responseCode = "413", description = "too_large")
  @APIResponse(responseCode = "415", description = "unsupported_media_type")
  @APIResponse(
      responseCode = "503",
      description = "overloaded, store_down or stopping: nothing stored, see Retry-After")
  public Response receive(
      @Parameter(hidden = true) @Context HttpHeaders headers, InputStream body) {
    try (InFlight.Share share = receiver.share()) {
      return receiver.reading(CloudEvent.UNKNOWN_SOURCE, () -> open(headers, body, share)).get();
    }
  }

  /** Reads a request up to where its events are known; what it gives stores them. */
  private Supplier<Response> open(HttpHeaders headers, InputStream in, InFlight.Share share) {
    // Asked here and not by a filter, so that who is turned away is in the ledger too.
    tokens.admit(headers.getHeaderString(HttpHeaders.AUTHORIZATION), Role.INGEST);
    Mode mode = Mode.of(headers);
    int limit = mode.isMany() ? settings.maxBatchBytes() : settings.maxBytes();
    byte[] body = Body.read(in, limit, share);
    return switch (mode) {
      case BINARY -> one(binary(headers, body));
      case LINES -> many(batch -> batch.readLines(body));
      case STRUCTURED, BATCH, JSON -> json(mode, body);
    };
  }

  private Supplier<Response> json(Mode mode, byte[] body) {
    try (JsonReader json = new JsonReader(body, 0, body.length, settings.maxBytes())) {
      if (json.isArray() && mode != Mode.STRUCTURED) {
        return many(batch -> batch.readArray(json));
      }
      if (mode == Mode.BATCH) {
        throw new Refusal(Reason.WRONG_TYPE, "A batch is a JSON array; this is none.");
      }
      Map<String, Object> attributes = json.object();
      json.end();
      return one(attributes);
    }
  }

  private static Map<String, Object> binary(HttpHeaders headers, byte[] body) {
    Map<String, Object> attributes = BinaryHeaders.attributes(headers.getRequestHeaders());
    if (body.length > 0) {
      attributes.put("data", JsonReader.object(body, 0, body.length, body.length));
    }
    return attributes;
  }

  private Supplier<Response> many(Consumer<EventBatch> reading) {
    EventBatch batch = new EventBatch(receiver, settings.maxBytes());
    reading.accept(batch);
    return () -> batch.store().response();
  }

  private Supplier<Response> one(Map<String, Object> attributes) {
    return () -> {
      CloudEvent event = new CloudEvent(attributes);
      Delivery delivery = receiver.reading(event.source(), () -> event.delivery(receiver.now()));
      return Receipt.of(receiver.store(delivery)).response();
    };
  }
}
