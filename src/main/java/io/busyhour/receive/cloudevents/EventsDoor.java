package io.busyhour.receive.cloudevents;

import io.busyhour.event.Delivery;
import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.receive.Body;
import io.busyhour.receive.JsonReader;
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

/** The door for events in Busyhour's own vocabulary, as CloudEvents 1.0. */
@Path("/v1/events")
@ApplicationScoped
@Needs(Role.INGEST)
public class EventsDoor {
  private final Receiver receiver;
  private final ReceiveSettings settings;

  /** For the container's proxy only. */
  protected EventsDoor() {
    this(null, ReceiveSettings.DEFAULTS);
  }

  /** A door that stores through this receiver. */
  @Inject
  public EventsDoor(Receiver receiver, ReceiveSettings settings) {
    this.receiver = receiver;
    this.settings = settings;
  }

  /** Takes one event or many; answers after those that are good were committed. */
  @POST
  public Response receive(@Context HttpHeaders headers, InputStream body) {
    return receiver.reading(CloudEvent.UNKNOWN_SOURCE, () -> open(headers, body)).get();
  }

  /** Reads a request up to where its events are known; what it gives stores them. */
  private Supplier<Response> open(HttpHeaders headers, InputStream in) {
    Mode mode = Mode.of(headers);
    byte[] body = Body.read(in, mode.isMany() ? settings.maxBatchBytes() : settings.maxBytes());
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

  private Supplier<Response> many(Consumer<Batch> reading) {
    Batch batch = new Batch(receiver, settings.maxBytes());
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
