package io.busyhour.receive.librato;

import io.busyhour.event.Delivery;
import io.busyhour.http.Tokens;
import io.busyhour.receive.BasicOrBearer;
import io.busyhour.receive.Body;
import io.busyhour.receive.InFlight;
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
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door that log drains post to; most of what they bring is no measurement. */
@Path("/l2met")
@ApplicationScoped
public class LibratoDoor {
  private static final String FRAMES = "application/logplex-1";
  private static final String FRAME =
      "87 <190>1 2026-11-20T08:00:00.481+00:00 host app web.1 -"
          + " source=ac-1.ca-2 measure#dial.time=38ms";
  private static final String LINE = "source=ac-1.ca-2.dm-predictive count#dialer.dial.success=1";

  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final Tokens tokens;

  /** For the container's proxy only. */
  protected LibratoDoor() {
    this(null, ReceiveSettings.DEFAULTS, Tokens.none());
  }

  /** A door that stores through this receiver, for those whom the tokens admit. */
  @Inject
  public LibratoDoor(Receiver receiver, ReceiveSettings settings, Tokens tokens) {
    this.receiver = receiver;
    this.settings = settings;
    this.tokens = tokens;
  }

  /** Takes log lines; answers after what they measure was committed. */
  @POST
  @Tag(name = "receive")
  @Operation(
      summary = "Takes log lines with l2met's measurements",
      description =
          "Logplex frames, or lines of text; gzip is understood. Lines without count#, sample# or"
              + " measure# are passed over, and a bad line costs only itself: what could not be"
              + " read is in the ledger. A request with the same Logplex-Frame-Id, Idempotency-Key"
              + " or X-Request-Id counts once. Proven by a bearer token, or by Basic"
              + " authorization with the token as password.")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = FRAMES, example = FRAME),
        @Content(mediaType = "text/plain", example = LINE)
      })
  @APIResponse(responseCode = "204", description = "What was measured is stored")
  @APIResponse(
      responseCode = "400",
      description = "Nothing stored: malformed_line (none of it is a frame), malformed_request")
  @APIResponse(responseCode = "401", description = "unauthorized: no good token")
  @APIResponse(responseCode = "403", description = "forbidden: the token lacks the role ingest")
  @APIResponse(responseCode = "413", description = "too_large, as it is or unpacked")
  @APIResponse(
      responseCode = "503",
      description = "overloaded, store_down or stopping: nothing stored, see Retry-After")
  public Response receive(
      @Parameter(hidden = true) @Context HttpHeaders headers, InputStream body) {
    try (InFlight.Share share = receiver.share()) {
      receiver.store(receiver.reading(Drain.SOURCE, () -> open(headers, body, share)));
      return Response.noContent().build();
    }
  }

  private List<Delivery> open(HttpHeaders headers, InputStream in, InFlight.Share share) {
    String sender = BasicOrBearer.admit(headers, tokens).name();
    byte[] body = Body.read(in, settings.maxBatchBytes(), share);
    Drain drain =
        isFramed(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
            ? Drain.ofFrames(body, receiver.now())
            : Drain.ofLines(body, receiver.now());
    drain.refused().forEach((reason, count) -> receiver.count(Drain.SOURCE, reason, count));
    return drain.deliveries(Sender.requestId(headers, sender));
  }

  private static boolean isFramed(String type) {
    return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith(FRAMES);
  }
}
