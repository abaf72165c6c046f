package io.busyhour.serve.view;

import io.busyhour.event.field.Words;
import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.projection.meters.carrier.WorstCalls;
import io.busyhour.projection.meters.carrier.WorstCalls.Measure;
import io.busyhour.projection.meters.carrier.WorstCalls.Worst;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /calls/worst}: the worst calls of the last hour, from memory. */
@Path("/calls/worst")
@ApplicationScoped
public class WorstResource {
  private static final int USUAL = 10;
  private static final int MOST = 100;

  private final WorstCalls worst;

  /** For the container's proxy only. */
  protected WorstResource() {
    this(null);
  }

  /** Shows what these remember. */
  @Inject
  public WorstResource(WorstCalls worst) {
    this.worst = worst;
  }

  /** The worst calls by one measure, the worst first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "The worst calls of the last hour",
      description =
          "value is in the measure's unit: mos 1..5, jitter ms, loss 0..1, pdd ms. A restart begins"
              + " anew.")
  @APIResponse(responseCode = "200", description = "by and calls, the worst first")
  @APIResponse(responseCode = "400", description = "A parameter is not what it may be")
  public String worst(
      @Parameter(description = "mos, jitter, loss or pdd; mos if not given") @QueryParam("by")
          String by,
      @Parameter(description = "1 to 100; 10 if not given") @QueryParam("limit") String limit) {
    Measure measure = Asked.text(by) == null ? Measure.MOS : Words.parse(Measure.class, by);
    if (measure == null) {
      throw Asked.wrong("by", "one of mos, jitter, loss, pdd");
    }
    int most = Asked.number("limit", limit, USUAL, 1, MOST);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("by", Words.of(measure));
    answer.put("calls", worst.worst(measure, most).stream().map(WorstResource::row).toList());
    return Json.write(answer);
  }

  private static Map<String, Object> row(Worst call) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("call_id", call.callId());
    row.put("account", call.account());
    row.put("trunk", call.trunk());
    row.put("value", call.value());
    row.put("time", call.time().toString());
    return row;
  }
}
