package io.busyhour.serve.figures;

import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.projection.windows.rollup.Detail;
import io.busyhour.projection.windows.rollup.Kind;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.projection.windows.rollup.Rollups.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /metrics/hourly} and {@code /metrics/daily}: calls by when they began. */
@Path("/metrics")
@ApplicationScoped
public class SeriesResource {
  private static final int HOURS = 24;
  private static final int MOST_HOURS = 2160;
  private static final int DAYS = 30;
  private static final int MOST_DAYS = 400;

  private final Rollups rollups;
  private final InstantSource clock;

  /** For the container's proxy only. */
  protected SeriesResource() {
    this(null, null);
  }

  /** Shows these rollups. */
  @Inject
  public SeriesResource(Rollups rollups, InstantSource clock) {
    this.rollups = rollups;
    this.clock = clock;
  }

  /** Which calls are counted. */
  private record Group(Kind kind, String label) {
    static Group of(String campaign, String account) {
      String asked = Asked.text(campaign);
      String other = Asked.text(account);
      if (asked != null && other != null) {
        throw new Refusal(
            Reason.INVALID_VALUE, "campaign and account exclude each other: ask for one of them.");
      }
      if (asked != null) {
        return new Group(Kind.CAMPAIGN, asked);
      }
      return other != null ? new Group(Kind.ACCOUNT, other) : new Group(Kind.STARTED, "");
    }
  }

  /** As many hours as are asked for, the running one last. */
  @GET
  @Path("/hourly")
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "Calls by the hour in which they began",
      description = "Exactly so many hours of UTC, the running one last.")
  @APIResponse(responseCode = "200", description = "One bucket an hour")
  @APIResponse(responseCode = "400", description = "invalid_value: a parameter is out of range")
  public String hourly(
      @Parameter(description = "1 to 2160; 24 if not given") @QueryParam("hours") String hours,
      @Parameter(description = "Calls of this campaign alone") @QueryParam("campaign")
          String campaign,
      @Parameter(description = "Calls of this account alone") @QueryParam("account")
          String account) {
    int count = Asked.number("hours", hours, HOURS, 1, MOST_HOURS);
    Group group = Group.of(campaign, account);
    try (Moment moment = rollups.moment()) {
      return answer(
          Series.hours(
              moment.hours(group.kind(), group.label(), clock.instant(), count, Detail.COUNTS)),
          "hours",
          count);
    }
  }

  /** As many days as are asked for, today last. */
  @GET
  @Path("/daily")
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "Calls by the day on which they began",
      description = "Exactly so many days of UTC, today last.")
  @APIResponse(responseCode = "200", description = "One bucket a day")
  @APIResponse(responseCode = "400", description = "invalid_value: a parameter is out of range")
  public String daily(
      @Parameter(description = "1 to 400; 30 if not given") @QueryParam("days") String days,
      @Parameter(description = "Calls of this campaign alone") @QueryParam("campaign")
          String campaign,
      @Parameter(description = "Calls of this account alone") @QueryParam("account")
          String account) {
    int count = Asked.number("days", days, DAYS, 1, MOST_DAYS);
    Group group = Group.of(campaign, account);
    try (Moment moment = rollups.moment()) {
      return answer(
          Series.days(
              moment.days(group.kind(), group.label(), clock.instant(), count, Detail.COUNTS)),
          "days",
          count);
    }
  }

  private static String answer(Object series, String name, int count) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("timeseries", series);
    answer.put(name, count);
    return Json.write(answer);
  }
}
