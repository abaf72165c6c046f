package io.busyhour.serve.export;

import io.busyhour.http.Asked;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.projection.calls.history.CallExport;
import io.busyhour.projection.calls.history.CallLine.Width;
import io.busyhour.projection.calls.history.Place;
import io.busyhour.serve.Compression;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /metrics/export}: all calls of the last days, oldest first. */
@Path("/metrics/export")
@ApplicationScoped
public class ExportResource {
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 400;

  private final CallExport calls;
  private final InstantSource clock;
  // One stretch at a time whoever asks for them: what comes in has to be stored meanwhile, and a
  // second reader made exports no faster on two cores.
  private final ExecutorService readers =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("export").daemon().factory());

  /** For the container's proxy only. */
  protected ExportResource() {
    this(null, null);
  }

  /** Exports these calls. */
  @Inject
  public ExportResource(CallExport calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /** What an export would be sent with, without reading a single call. */
  @HEAD
  @Needs(Role.READ)
  @Operation(hidden = true)
  public Response head(@QueryParam("format") String format) {
    return described(Response.ok(), format(Asked.text(format))).build();
  }

  @PreDestroy
  void stop() {
    readers.shutdown(); // not by interrupts, see Stretches
  }

  /** The calls that began in the days before now; phone numbers only for the role pii. */
  @GET
  @Needs(Role.READ)
  @Operation(
      summary = "All calls of the last days",
      description =
          "Oldest first, those that begin after the request are not in it. An export that was cut"
              + " off goes on with cursor=<started_at>,<call_id> of the last call that came whole.")
  @APIResponse(responseCode = "200", description = "The calls, as they are read")
  @APIResponse(responseCode = "400", description = "A parameter is not what it may be")
  public Response export(
      @Parameter(description = "json, csv or ndjson; json if not given") @QueryParam("format")
          String format,
      @Parameter(description = "1 to 400; 30 if not given") @QueryParam("days") String days,
      @Parameter(description = "the last call that came: its started_at, a comma, its call_id")
          @QueryParam("cursor")
          String cursor,
      @Parameter(description = "all for all that is known of each call") @QueryParam("fields")
          String fields,
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) String encodings,
      @Context SecurityContext caller) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Format chosen = format(Asked.text(format));
    int period = Asked.number("days", days, USUAL_DAYS, 1, MOST_DAYS);
    Place begin = Place.of(now.minus(Duration.ofDays(period)), "");
    Place after = place(Asked.text(cursor));
    Export export =
        new Export(
            chosen,
            width(Asked.text(fields)),
            after != null && after.compareTo(begin) > 0 ? after : begin,
            now,
            period,
            Role.PII.isHeldBy(caller));
    boolean packed = Compression.wantedBy(Optional.ofNullable(encodings));
    Body body = new Body(export, new Stretches(calls, readers), packed);
    ResponseBuilder answer = described(Response.ok(body), chosen);
    return (packed ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer).build();
  }

  private static ResponseBuilder described(ResponseBuilder answer, Format format) {
    return answer
        .type(format.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + format.fileName() + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
  }

  private static Format format(String word) {
    return word == null
        ? Format.JSON
        : Arrays.stream(Format.values())
            .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst()
            .orElseThrow(() -> Asked.wrong("format", "one of json, csv, ndjson"));
  }

  private static Width width(String fields) {
    return switch (fields) {
      case null -> Width.USUAL;
      case "all" -> Width.ALL;
      default -> throw Asked.wrong("fields", "all, or left out");
    };
  }

  private static Place place(String cursor) {
    try {
      return cursor == null ? null : Place.parse(cursor);
    } catch (IllegalArgumentException e) {
      throw Asked.wrong("cursor", "<started_at>,<call_id> of a call, with its + and & escaped");
    }
  }
}
