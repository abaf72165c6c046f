package io.busyhour.serve.view;

import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.projection.reaper.Reaper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /zombie-calls}: the calls that have been open for long. */
@Path("/zombie-calls")
@ApplicationScoped
public class ZombiesResource {
  private final Reaper reaper;
  private final InstantSource clock;

  /** For the container's proxy only. */
  protected ZombiesResource() {
    this(null, null);
  }

  /** Shows what this reaper would end. */
  @Inject
  public ZombiesResource(Reaper reaper, InstantSource clock) {
    this.reaper = reaper;
    this.clock = clock;
  }

  /** All are counted, the oldest are listed; phone numbers only for the role pii. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "Calls that have been open for long",
      description = "The oldest first, at most 1000; count is of all.")
  @APIResponse(responseCode = "200", description = "The calls' rows, with their age")
  @APIResponse(responseCode = "400", description = "invalid_value: threshold is out of range")
  public String zombies(
      @Parameter(
              description = "Open for more than so many seconds, 60 to 604800; 3600 if not given")
          @QueryParam("threshold")
          String threshold,
      @Context SecurityContext caller) {
    int seconds =
        Asked.number(
            "threshold",
            threshold,
            StaleCalls.THRESHOLD,
            StaleCalls.LEAST_THRESHOLD,
            StaleCalls.MOST_THRESHOLD);
    Duration open = Duration.ofSeconds(seconds);
    StaleCalls calls =
        new StaleCalls(reaper.openLongerThan(open, StaleCalls.MOST_LISTED), clock.instant());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("zombies", calls.shown(Role.PII.isHeldBy(caller)));
    answer.put("count", calls.countOf(() -> reaper.countOpenLongerThan(open)));
    answer.put("threshold", seconds);
    return Json.write(answer);
  }
}
