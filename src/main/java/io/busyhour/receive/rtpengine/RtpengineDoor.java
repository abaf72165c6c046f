package io.busyhour.receive.rtpengine;

import io.busyhour.event.Delivery;
import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import io.busyhour.receive.Body;
import io.busyhour.receive.Fingerprint;
import io.busyhour.receive.InFlight;
import io.busyhour.receive.Receipt;
import io.busyhour.receive.ReceiveSettings;
import io.busyhour.receive.Receiver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door for what RTPEngine says of the media of a call, and of itself. */
@Path("/rtpengine/stats")
@ApplicationScoped
public class RtpengineDoor {
  static final String SOURCE = "rtpengine";
  private static final String EXAMPLE =
      "{\"created\":1762186800,\"last signal\":1762186801,\"SSRC\":{\"3735928559\":"
          + "{\"packets\":3015,\"cumulative loss\":9,\"average MOS\":{\"MOS\":43,"
          + "\"round-trip time\":41200,\"jitter\":3,\"packet loss\":0,\"samples\":12}}},"
          + "\"result\":\"ok\"}";

  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final Tokens tokens;

  /** For the container's proxy only. */
  protected RtpengineDoor() {
    this(null, ReceiveSettings.DEFAULTS, Tokens.none());
  }

  /** A door that stores through this receiver, for those whom the tokens admit. */
  @Inject
  public RtpengineDoor(Receiver receiver, ReceiveSettings settings, Tokens tokens) {
    this.receiver = receiver;
    this.settings = settings;
    this.tokens = tokens;
  }

  /** Takes a reply about a call or about a node; answers after it was committed. */
  @POST
  @Tag(name = "receive")
  @Operation(
      summary = "Takes replies of RTPEngine",
      description =
          "The JSON of a reply of the ng protocol as it is: to query or delete with call_id in the"
              + " URL, to statistics with node in it. What was not measured is not said.")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", example = EXAMPLE))
  @APIResponse(
      responseCode = "200",
      description = "Stored",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Receipt.class)))
  @APIResponse(
      responseCode = "400",
      description =
          "Nothing stored: malformed_json, invalid_utf8, missing_field, wrong_type, invalid_value"
              + " (an error of RTPEngine, too), invalid_time, too_deep")
  @APIResponse(responseCode = "401", description = "unauthorized: no good token")
  @APIResponse(responseCode = "403", description = "forbidden: the token lacks the role ingest")
  @APIResponse(responseCode = "413", description = "too_large")
  @APIResponse(
      responseCode = "503",
      description = "overloaded, store_down or stopping: nothing stored, see Retry-After")
  public Response receive(
      @Parameter(description = "The call that the reply is about: its Call-ID")
          @QueryParam("call_id")
          String callId,
      @Parameter(description = "As call_id") @QueryParam("callid") String sameCallId,
      @Parameter(description = "The node that the statistics are of, where there is no call_id")
          @QueryParam("node")
          String node,
      @Parameter(description = "The most sessions that the node can have") @QueryParam("capacity")
          String capacity,
      @Parameter(hidden = true) @Context HttpHeaders headers,
      InputStream body) {
    Subject subject = new Subject(callId != null ? callId : sameCallId, node, capacity);
    Delivery delivery = receiver.reading(SOURCE, () -> read(subject, headers, body));
    return Receipt.of(receiver.store(delivery)).response();
  }

  private Delivery read(Subject subject, HttpHeaders headers, InputStream in) {
    tokens.admit(headers.getHeaderString(HttpHeaders.AUTHORIZATION), Role.INGEST);
    try (InFlight.Share share = receiver.share()) {
      byte[] body = Body.read(in, settings.maxBytes(), share);
      Reply reply = Reply.read(body, settings.maxBytes());
      reply.requireNoError();
      return subject.delivery(reply, Fingerprint.of(body), receiver.now());
    }
  }
}
