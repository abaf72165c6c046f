package io.busyhour.receive.alertmanager;

import io.busyhour.event.Delivery;
import io.busyhour.http.Tokens;
import io.busyhour.receive.BasicOrBearer;
import io.busyhour.receive.Body;
import io.busyhour.receive.InFlight;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door for Alertmanager's notifications, so that partners hear of their own trunks. */
@Path("/v1/alerts")
@ApplicationScoped
public class AlertsDoor {
  private static final String EXAMPLE =
      "{\"version\":\"4\",\"receiver\":\"busyhour\",\"status\":\"firing\",\"alerts\":["
          + "{\"status\":\"firing\",\"labels\":{\"alertname\":\"TrunkDown\",\"trunk\":\"t1\"},"
          + "\"annotations\":{\"summary\":\"t1 is down\"},"
          + "\"startsAt\":\"2026-11-20T08:00:00.123Z\",\"endsAt\":\"0001-01-01T00:00:00Z\","
          + "\"fingerprint\":\"1a30ba71cca2921f\"}]}";

  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final Tokens tokens;

  /** For the container's proxy only. */
  protected AlertsDoor() {
    this(null, ReceiveSettings.DEFAULTS, Tokens.none());
  }

  /** A door that stores through this receiver, for those whom the tokens admit. */
  @Inject
  public AlertsDoor(Receiver receiver, ReceiveSettings settings, Tokens tokens) {
    this.receiver = receiver;
    this.settings = settings;
    this.tokens = tokens;
  }

  /** Takes the alerts of a notification; answers after those that are good were committed. */
  @POST
  @Tag(name = "receive")
  @Operation(
      summary = "Takes Alertmanager's notifications",
      description =
          "The payload of a webhook_config, version 4. Each alert is one alert.firing or"
              + " alert.resolved; Alertmanager's repeats are duplicates. A bad alert of several"
              + " costs itself only. Proven by a bearer token, or by Basic authorization with the"
              + " token as password.")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", example = EXAMPLE))
  @APIResponse(
      responseCode = "200",
      description = "Stored, but for those alerts of several that are listed as rejected",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Receipt.class)))
  @APIResponse(
      responseCode = "400",
      description =
          "Nothing stored: malformed_json, invalid_utf8, missing_field, wrong_type, invalid_value,"
              + " unknown_type (of the status), invalid_time, too_deep; or several of which all"
              + " were rejected")
  @APIResponse(responseCode = "401", description = "unauthorized: no good token")
  @APIResponse(responseCode = "403", description = "forbidden: the token lacks the role ingest")
  @APIResponse(responseCode = "413", description = "too_large")
  @APIResponse(
      responseCode = "503",
      description = "overloaded, store_down or stopping: nothing stored, see Retry-After")
  public Response receive(
      @Parameter(hidden = true) @Context HttpHeaders headers, InputStream body) {
    try (InFlight.Share share = receiver.share()) {
      return receiver.reading(Alert.SOURCE, () -> read(headers, body, share)).get().response();
    }
  }

  /** Reads a request up to where its alerts are known; what it gives stores them. */
  private Supplier<Receipt> read(HttpHeaders headers, InputStream in, InFlight.Share share) {
    BasicOrBearer.admit(headers, tokens);
    byte[] body = Body.read(in, settings.maxBatchBytes(), share);
    Notification notification = Notification.read(body, settings.maxBytes());
    if (notification.isOfOne()) {
      Delivery only = notification.deliveries(receiver.now()).getFirst();
      return () -> Receipt.of(receiver.store(only));
    }
    return notification.batch(receiver)::store;
  }
}
