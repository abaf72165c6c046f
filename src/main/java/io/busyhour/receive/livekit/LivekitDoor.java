package io.busyhour.receive.livekit;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Body;
import io.busyhour.receive.InFlight;
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
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door that LiveKit's server calls back. */
@Path("/livekit/webhook")
@ApplicationScoped
public class LivekitDoor {
  private static final Set<String> TYPES = Set.of("application/webhook+json", "application/json");

  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final LivekitSettings livekit;

  /** For the container's proxy only. */
  protected LivekitDoor() {
    this(null, ReceiveSettings.DEFAULTS, new LivekitSettings(Map.of(), RoomPattern.none()));
  }

  /** A door that stores through this receiver. */
  @Inject
  public LivekitDoor(Receiver receiver, ReceiveSettings settings, LivekitSettings livekit) {
    this.receiver = receiver;
    this.settings = settings;
    this.livekit = livekit;
  }

  /** Takes one webhook. */
  @POST
  @Tag(name = "receive")
  @Operation(
      summary = "Takes webhooks of LiveKit",
      description =
          "Proven by the JWT in Authorization, which LiveKit signs with the secret of an API key"
              + " and which holds the body's hash. Its id identifies a webhook; unknown fields and"
              + " unknown events are fine.")
  @RequestBody(required = true, content = @Content(mediaType = "application/webhook+json"))
  @APIResponse(responseCode = "204", description = "Stored, or known already")
  @APIResponse(
      responseCode = "400",
      description =
          "Nothing stored: malformed_json, invalid_utf8, missing_field, wrong_type, invalid_value,"
              + " invalid_time, too_deep")
  @APIResponse(responseCode = "401", description = "unauthorized: nothing stored")
  @APIResponse(responseCode = "413", description = "too_large: nothing stored")
  @APIResponse(responseCode = "415", description = "unsupported_media_type: nothing stored")
  @APIResponse(
      responseCode = "503",
      description =
          "not_configured, overloaded, store_down or stopping: nothing stored, see Retry-After")
  public Response receive(
      @Parameter(hidden = true) @Context HttpHeaders headers, InputStream body) {
    receiver.store(receiver.reading(Webhook.SOURCE, () -> read(headers, body)));
    return Response.noContent().build();
  }

  private Delivery read(HttpHeaders headers, InputStream in) {
    if (livekit.keys().isEmpty()) {
      throw new Refusal(
          Reason.NOT_CONFIGURED,
          "This door is shut: busyhour.livekit.keys is not set on the server.");
    }
    Instant now = receiver.now();
    String authorization = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    // Who sends is known before the body is read; only then what.
    WebhookToken token = WebhookToken.check(authorization, livekit.keys(), now);
    try (InFlight.Share share = receiver.share()) {
      byte[] body = Body.read(in, settings.maxBytes(), share);
      token.requireBody(body);
      requireType(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
      Map<String, Object> json = JsonReader.object(body, 0, body.length, settings.maxBytes());
      return new Webhook(json, token.hash(), livekit.rooms(), now).delivery();
    }
  }

  private static void requireType(String type) {
    String said = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!TYPES.contains(said)) {
      throw new Refusal(
          Reason.UNSUPPORTED_MEDIA_TYPE, "LiveKit's webhooks are application/webhook+json.");
    }
  }
}
