package io.busyhour.serve.health;

import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.instrument.Meters;
import io.busyhour.projection.reaper.Reaper;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.serve.LiveCalls;
import io.busyhour.serve.health.Vitals.Part;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /metrics/health}: how the calls of the last hour go. */
@Path("/metrics/health")
@ApplicationScoped
public class HealthResource {
  private static final Logger LOG = System.getLogger(HealthResource.class.getName());
  private static final Duration LONG = Duration.ofHours(1);
  private static final int DEGRADED = 503;

  private final Rollups rollups;
  private final Reaper reaper;
  private final LiveCalls live;
  private final Vitals vitals;
  private final InstantSource clock;

  /** For the container's proxy only. */
  protected HealthResource() {
    this(null, null, null, null, null);
  }

  /** Judges by these figures, and by how the parts are that they come from. */
  @Inject
  public HealthResource(
      Rollups rollups, Reaper reaper, Meters meters, Vitals vitals, InstantSource clock) {
    this.rollups = rollups;
    this.reaper = reaper;
    this.live = new LiveCalls(meters);
    this.vitals = vitals;
    this.clock = clock;
  }

  /** Answers 503 while degraded. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "How the calls of the last hour go",
      description =
          "Degraded: at least 10 calls ended in the last hour and fewer of them were completed"
              + " than busyhour.health.min-success; the journal or the projection is stuck; the"
              + " store is unreachable.")
  @APIResponse(responseCode = "200", description = "Healthy; there may be warnings")
  @APIResponse(responseCode = "503", description = "Degraded: the same body, see its warnings")
  public Response health() {
    HealthReport report = report();
    return Response.status(report.isDegraded() ? DEGRADED : 200)
        .entity(Json.write(report.shown()))
        .build();
  }

  private HealthReport report() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Part> parts = new ArrayList<>(vitals.parts().get());
    // Before all that was stored is read again, those in memory are too few.
    boolean complete = parts.stream().allMatch(part -> part.fault() == null);
    List<String> warnings = new ArrayList<>();
    LastHour hour = null;
    try {
      hour = LastHour.read(rollups, vitals.minSuccess(), now);
      long old = reaper.countOpenLongerThan(LONG);
      parts.add(new Part("store", null));
      warnings.addAll(hour.warnings());
      if (old > vitals.maxActive()) {
        warnings.add(
            "High active calls: %d are open for over an hour; see /zombie-calls.".formatted(old));
      }
    } catch (RuntimeException e) {
      // Whatever it is, this answer is the place to say it.
      LOG.log(Level.WARNING, "the store cannot be read", e);
      parts.add(new Part("store", "The store cannot be read; the log says why."));
    }
    Long active = complete ? live.active() : null;
    return new HealthReport(now, parts, hour, active, warnings, live.seriesByFamily());
  }
}
