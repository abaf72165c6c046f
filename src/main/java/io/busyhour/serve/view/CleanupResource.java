package io.busyhour.serve.view;

import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.reaper.Reaper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code POST /cleanup-stale-calls}: ends the calls whose end was lost. */
@Path("/cleanup-stale-calls")
@ApplicationScoped
public class CleanupResource {
  private static final int MOST_BYTES = 4096;
  private static final String LAGGING =
      "None was ended: the rows lag behind the journal, where their ends may be waiting."
          + " Try again in a while.";

  private final Reaper reaper;
  private final InstantSource clock;

  /** For the container's proxy only. */
  protected CleanupResource() {
    this(null, null);
  }

  /** Has this reaper end them. */
  @Inject
  public CleanupResource(Reaper reaper, InstantSource clock) {
    this.reaper = reaper;
    this.clock = clock;
  }

  /** Ends the oldest of them as {@code timeout}, at most 1000 at once, and says how many remain. */
  @POST
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.ADMIN)
  @Operation(
      summary = "End calls that have been open for long",
      description =
          "Body {\"threshold\":3600,\"dry_run\":false}, each may be left out; threshold in seconds,"
              + " 60 to 604800. The calls end as timeout and are marked as reaped; an end of their"
              + " own that is heard later takes its place. At most 1000 at once, the oldest first.")
  @APIResponse(responseCode = "200", description = "The calls as they were, and how many remain")
  @APIResponse(
      responseCode = "400",
      description =
          "malformed_json, wrong_type or invalid_value: the body is not as expected; nothing is"
              + " ended")
  public String cleanup(InputStream body, @Context SecurityContext caller)
      throws IOException, InterruptedException {
    CleanupOrder order = CleanupOrder.read(text(body));
    Duration open = Duration.ofSeconds(order.threshold());
    Instant now = clock.instant();
    long all = reaper.countOpenLongerThan(open);
    List<CallRecord> calls =
        order.dryRun()
            ? reaper.openLongerThan(open, StaleCalls.MOST_LISTED)
            : reaper.reap(open, StaleCalls.MOST_LISTED);
    boolean lagging = calls.isEmpty() && all > 0;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("success", !lagging);
    answer.put("dry_run", order.dryRun());
    answer.put("threshold", order.threshold());
    answer.put("cleaned_count", calls.size());
    answer.put("cleaned_calls", new StaleCalls(calls, now).shown(Role.PII.isHeldBy(caller)));
    answer.put("remaining", Math.max(0, order.dryRun() ? all : all - calls.size()));
    answer.put("errors", lagging ? List.of(LAGGING) : List.of());
    return Json.write(answer);
  }

  private static String text(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new Refusal(Reason.TOO_LARGE, "The body is larger than 4 KiB.");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
