package io.busyhour.receive.kamailio;

import io.busyhour.http.Role;
import io.busyhour.http.Tokens;
import io.busyhour.receive.Body;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The door for what Kamailio and other SIP switches record of calls. */
@Path("/kamailio/events")
@ApplicationScoped
public class KamailioDoor {
  private static final String EXAMPLE =
      "{\"method\":\"INVITE\",\"from_tag\":\"as7d\",\"to_tag\":\"gK0c\","
          + "\"callid\":\"9c1f@198.51.100.7\",\"sip_code\":\"200\",\"sip_reason\":\"OK\","
          + "\"time\":1762186801,\"customer_id\":\"acme\"}";

  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final Tokens tokens;

  /** For the container's proxy only. */
  protected KamailioDoor() {
    this(null, ReceiveSettings.DEFAULTS, Tokens.none());
  }

  /** A door that stores through this receiver, for those whom the tokens admit. */
  @Inject
  public KamailioDoor(Receiver receiver, ReceiveSettings settings, Tokens tokens) {
    this.receiver = receiver;
    this.settings = settings;
    this.tokens = tokens;
  }

  /** Takes one record or many; answers after those that are good were committed. */
  @POST
  @Tag(name = "receive")
  @Operation(
      summary = "Takes records of Kamailio and other SIP switches",
      description =
          "acc and CDR records, dialog events, and rows of call detail records as JSON, one or an"
              + " array; or as lines of syslog. The body is looked at, its type is not. A bad"
              + " record of several costs itself only.")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/json", example = EXAMPLE),
        @Content(
            mediaType = "text/plain",
            example =
                "ACC: transaction answered: timestamp=1762186801;method=INVITE;from_tag=as7d;"
                    + "to_tag=gK0c;call_id=9c1f@198.51.100.7;code=200;reason=OK")
      })
  @APIResponse(
      responseCode = "200",
      description = "Stored, but for those records of several that are listed as rejected",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Receipt.class)))
  @APIResponse(
      responseCode = "400",
      description =
          "Nothing stored: malformed_json, invalid_utf8, missing_field, wrong_type, invalid_value,"
              + " unknown_type, invalid_time, too_deep; or several of which all were rejected")
  @APIResponse(responseCode = "401", description = "unauthorized: no good token")
  @APIResponse(responseCode = "403", description = "forbidden: the token lacks the role ingest")
  @APIResponse(responseCode = "413", description = "too_large")
  @APIResponse(
      responseCode = "503",
      description = "overloaded, store_down or stopping: nothing stored, see Retry-After")
  public Response receive(
      @Parameter(
              description =
                  "What the start_time of CDRs is: confirmed if cdr_start_on_confirmed is set,"
                      + " else initial",
              example = "initial")
          @QueryParam("cdr_start")
          String cdrStart,
      @Parameter(hidden = true) @Context HttpHeaders headers,
      InputStream body) {
    try (InFlight.Share share = receiver.share()) {
      return receiver
          .reading(Records.SOURCE, () -> read(cdrStart, headers, body, share))
          .get()
          .response();
    }
  }

  /** Reads a request up to where its records are known; what it gives stores them. */
  private Supplier<Receipt> read(
      String cdrStart, HttpHeaders headers, InputStream in, InFlight.Share share) {
    tokens.admit(headers.getHeaderString(HttpHeaders.AUTHORIZATION), Role.INGEST);
    CdrStart convention = CdrStart.of(cdrStart);
    byte[] body = Body.read(in, settings.maxBatchBytes(), share);
    Records records = new Records(convention, receiver.now());
    return new SentRecords(body, records, settings.maxBytes()).read(receiver);
  }
}
