package io.busyhour.serve.figures;

import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.serve.LiveCalls;
import io.busyhour.serve.scrape.Scrape;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * {@code GET /metrics/dashboard}: the calls of the last 24 hours, beside those of the 24 before.
 */
@Path("/metrics/dashboard")
@ApplicationScoped
public class DashboardResource {
  private final Rollups rollups;
  private final LiveCalls live;
  private final Scrape scrape;
  private final InstantSource clock;

  /** For the container's proxy only. */
  protected DashboardResource() {
    this(null, null, null, null);
  }

  /** Shows these rollups. */
  @Inject
  public DashboardResource(Rollups rollups, Meters meters, Scrape scrape, InstantSource clock) {
    this.rollups = rollups;
    this.live = new LiveCalls(meters);
    this.scrape = scrape;
    this.clock = clock;
  }

  /** Everything of one moment; what is unknown is null. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "The calls of the last 24 hours",
      description =
          "Counts of the calls that began in the period, with deltas against the 24 hours before:"
              + " total and duration in percent of then, the success rate in points.")
  @APIResponse(responseCode = "200", description = "The dashboard")
  public String dashboard(@Context SecurityContext caller) {
    // Before all that was stored is read again, those in memory are too few.
    Long active = scrape.waiting().get().isEmpty() ? live.active() : null;
    Dashboard dashboard = Dashboard.read(rollups, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return Json.write(dashboard.shown(active, Role.PII.isHeldBy(caller)));
  }
}
