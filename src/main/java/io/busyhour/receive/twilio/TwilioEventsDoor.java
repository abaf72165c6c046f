package io.busyhour.receive.twilio;

import io.busyhour.receive.Batch;
import io.busyhour.receive.Body;
import io.busyhour.receive.InFlight;
import io.busyhour.receive.JsonReader;
import io.busyhour.receive.Receipt;
import io.busyhour.receive.ReceiveSettings;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.RequestedUrl;
import io.helidon.webserver.http.ServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door for Twilio's Event Streams. */
@Path("/twilio/events")
@ApplicationScoped
public class TwilioEventsDoor {
  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final Proof proof;

  /** For the container's proxy only. */
  protected TwilioEventsDoor() {
    this(null, ReceiveSettings.DEFAULTS, new TwilioSettings(List.of()));
  }

  /** A door that stores through this receiver. */
  @Inject
  public TwilioEventsDoor(Receiver receiver, ReceiveSettings settings, TwilioSettings twilio) {
    this.receiver = receiver;
    this.settings = settings;
    this.proof = new Proof(twilio);
  }

  /** Takes an array of events, or one alone; answers after those that are good were committed. */
  @POST
  @Tag(name = "receive")
  @Operation(
      summary = "Takes events of Twilio's Event Streams",
      description =
          "A JSON array of CloudEvents, proven by X-Twilio-Signature with bodySHA256 in the query."
              + " Of an event that is about no call and no message it is only stored that it came."
              + " A bad event costs itself only.")
  @RequestBody(required = true, content = @Content(mediaType = "application/json"))
  @APIResponse(
      responseCode = "200",
      description = "Stored, but for those events that are listed as rejected",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Receipt.class)))
  @APIResponse(
      responseCode = "400",
      description =
          "Nothing stored: malformed_json, invalid_utf8, wrong_type; or all was rejected:"
              + " missing_field, invalid_value, invalid_time, wrong_type, too_deep")
  @APIResponse(responseCode = "403", description = "bad_signature: nothing stored")
  @APIResponse(responseCode = "413", description = "too_large: nothing stored")
  @APIResponse(
      responseCode = "503",
      description =
          "not_configured, overloaded, store_down or stopping: nothing stored, see Retry-After")
  public Response receive(
      @Parameter(hidden = true) @Context ServerRequest http,
      @Parameter(hidden = true) @Context HttpHeaders headers,
      InputStream body) {
    try (InFlight.Share share = receiver.share()) {
      Batch events = receiver.reading(VoiceCallback.SOURCE, () -> read(http, headers, body, share));
      return events.store().response();
    }
  }

  private Batch read(
      ServerRequest http, HttpHeaders headers, InputStream in, InFlight.Share share) {
    String presented = proof.presented(headers);
    byte[] body = Body.read(in, settings.maxBytes(), share);
    proof.check(presented, RequestedUrl.of(http, settings), body);
    Batch events = new Batch(receiver);
    Instant receipt = receiver.now();
    try (JsonReader json = new JsonReader(body, 0, body.length, settings.maxBytes())) {
      if (json.isArray()) {
        json.elements(
            event -> add(events, event, receipt),
            refusal -> events.reject(VoiceCallback.SOURCE, refusal));
      } else {
        Map<String, Object> event = json.object();
        json.end();
        add(events, event, receipt);
      }
    }
    return events;
  }

  private static void add(Batch events, Map<String, Object> event, Instant receipt) {
    events.add(VoiceCallback.SOURCE, () -> new StreamEvent(event, receipt).delivery());
  }
}
