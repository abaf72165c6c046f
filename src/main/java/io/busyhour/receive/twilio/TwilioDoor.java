package io.busyhour.receive.twilio;

import io.busyhour.event.Delivery;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.Body;
import io.busyhour.receive.InFlight;
import io.busyhour.receive.ReceiveSettings;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.RequestedUrl;
import io.helidon.webserver.http.ServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The doors that Twilio calls back: about calls, and about messages. */
@Path("/twilio")
@ApplicationScoped
@Tag(name = "receive")
@APIResponse(responseCode = "204", description = "A callback: stored")
@APIResponse(
    responseCode = "200",
    description =
        "A voice webhook or an inbound message: stored, and answered with an empty TwiML document",
    content = @Content(mediaType = "text/xml"))
@APIResponse(
    responseCode = "400",
    description =
        "Nothing stored: malformed_form, invalid_utf8, missing_field, invalid_value,"
            + " invalid_time")
@APIResponse(responseCode = "403", description = "bad_signature: nothing stored")
@APIResponse(responseCode = "413", description = "too_large: nothing stored")
@APIResponse(responseCode = "415", description = "unsupported_media_type: nothing stored")
@APIResponse(
    responseCode = "503",
    description =
        "not_configured, overloaded, store_down or stopping: nothing stored, see Retry-After")
public class TwilioDoor {
  private static final String VOICE = "Takes voice status callbacks and voice webhooks of Twilio";
  private static final String VOICE_URL =
      "Proven by X-Twilio-Signature. campaign_id, user_id and trunk may be in the query of the"
          + " callback's URL; unknown parameters are fine.";
  private static final String MESSAGES =
      "Takes message status callbacks and inbound messages of Twilio";
  private static final String MESSAGES_URL =
      "Proven by X-Twilio-Signature. campaign_id may be in the query of the callback's URL;"
          + " unknown parameters are fine.";
  // Twilio's forms have a few KiB, and nothing proves the sender before the body was read.
  private static final int MAX_BYTES = 64 * 1024;
  private static final String NOTHING_TO_DO =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

  private final Receiver receiver;
  private final ReceiveSettings settings;
  private final Proof proof;

  /** What was sent and is proven to be Twilio's. */
  private record Request(Form form, Form query) {}

  /** What was made of it, and how it is answered. */
  private record Heard(Delivery delivery, boolean answerTwiml) {}

  /** For the container's proxy only. */
  protected TwilioDoor() {
    this(null, ReceiveSettings.DEFAULTS, new TwilioSettings(List.of()));
  }

  /** A door that stores through this receiver. */
  @Inject
  public TwilioDoor(Receiver receiver, ReceiveSettings settings, TwilioSettings twilio) {
    this.receiver = receiver;
    this.settings = settings;
    this.proof = new Proof(twilio);
  }

  /** Takes a voice callback or webhook. */
  @POST
  @Path("voice")
  @Operation(summary = VOICE, description = VOICE_URL)
  @RequestBody(content = @Content(mediaType = "application/x-www-form-urlencoded"))
  public Response voice(
      @Parameter(hidden = true) @Context ServerRequest http,
      @Context HttpHeaders headers,
      InputStream body) {
    return answer(receiver.reading(VoiceCallback.SOURCE, () -> call(posted(http, headers, body))));
  }

  /** Takes a voice callback or webhook whose parameters are in the query. */
  @GET
  @Path("voice")
  @Operation(summary = VOICE, description = VOICE_URL)
  public Response voice(
      @Parameter(hidden = true) @Context ServerRequest http, @Context HttpHeaders headers) {
    return answer(receiver.reading(VoiceCallback.SOURCE, () -> call(asked(http, headers))));
  }

  /** Takes a message callback or an inbound message. */
  @POST
  @Path("messages")
  @Operation(summary = MESSAGES, description = MESSAGES_URL)
  @RequestBody(content = @Content(mediaType = "application/x-www-form-urlencoded"))
  public Response messages(
      @Parameter(hidden = true) @Context ServerRequest http,
      @Context HttpHeaders headers,
      InputStream body) {
    return answer(
        receiver.reading(VoiceCallback.SOURCE, () -> message(posted(http, headers, body))));
  }

  /** Takes a message callback or an inbound message whose parameters are in the query. */
  @GET
  @Path("messages")
  @Operation(summary = MESSAGES, description = MESSAGES_URL)
  public Response messages(
      @Parameter(hidden = true) @Context ServerRequest http, @Context HttpHeaders headers) {
    return answer(receiver.reading(VoiceCallback.SOURCE, () -> message(asked(http, headers))));
  }

  private Heard call(Request request) {
    VoiceCallback call = new VoiceCallback(request.form, request.query, receiver.now());
    return new Heard(call.delivery(), call.isWebhook());
  }

  private Heard message(Request request) {
    MessageCallback message = new MessageCallback(request.form, request.query, receiver.now());
    return new Heard(message.delivery(), message.isWebhook());
  }

  private Response answer(Heard heard) {
    receiver.store(heard.delivery);
    return heard.answerTwiml
        ? Response.ok(NOTHING_TO_DO.getBytes(StandardCharsets.UTF_8), "text/xml").build()
        : Response.noContent().build();
  }

  private Request posted(ServerRequest http, HttpHeaders headers, InputStream in) {
    String presented = proof.presented(headers);
    byte[] body = body(in);
    String url = RequestedUrl.of(http, settings);
    if (!isForm(headers, body)) {
      proof.check(presented, url, body);
      throw new Refusal(
          Reason.UNSUPPORTED_MEDIA_TYPE,
          "A callback to this door is a form: application/x-www-form-urlencoded.");
    }
    Form form = Form.parse(body);
    proof.check(presented, url, form);
    return new Request(form, query(http));
  }

  private byte[] body(InputStream in) {
    try (InFlight.Share share = receiver.share()) {
      return Body.read(in, Math.min(MAX_BYTES, settings.maxBytes()), share);
    }
  }

  private Request asked(ServerRequest http, HttpHeaders headers) {
    String presented = proof.presented(headers);
    proof.check(presented, RequestedUrl.of(http, settings), Form.EMPTY);
    Form query = query(http);
    return new Request(query, query);
  }

  private static Form query(ServerRequest http) {
    return Form.parse(http.prologue().query().rawValue().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isForm(HttpHeaders headers, byte[] body) {
    String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    return type == null
        ? body.length == 0
        : type.strip().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }
}
