package io.busyhour.serve.view;

import io.busyhour.event.Outcome;
import io.busyhour.event.field.PhoneNumber;
import io.busyhour.event.field.Words;
import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.projection.Book;
import io.busyhour.projection.calls.history.CallFilter;
import io.busyhour.projection.calls.history.Place;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.projection.windows.rollup.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /metrics/failures}: the newest calls that failed or timed out. */
@Path("/metrics/failures")
@ApplicationScoped
public class FailuresResource {
  private static final int USUAL = 10;
  private static final int MOST = 1_000;
  private static final Comparator<CallRecord> NEWEST_FIRST =
      Comparator.<CallRecord, Place>comparing(c -> Place.of(c.startedAt(), c.callId())).reversed();

  private final Book book;

  /** For the container's proxy only. */
  protected FailuresResource() {
    this(null);
  }

  /** Shows the failures of this book. */
  @Inject
  public FailuresResource(Book book) {
    this.book = book;
  }

  /** The newest failures; what is unknown is null, phone numbers only for the role pii. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "The newest calls that failed or timed out",
      description = "By when they began. What is unknown is null.")
  @APIResponse(responseCode = "200", description = "failures and their count")
  @APIResponse(responseCode = "400", description = "A parameter is not what it may be")
  public String failures(
      @Parameter(description = "1 to 1000; 10 if not given") @QueryParam("limit") String limit,
      @Context SecurityContext caller) {
    int most = Asked.number("limit", limit, USUAL, 1, MOST);
    boolean numbersShown = Role.PII.isHeldBy(caller);
    List<Map<String, Object>> rows =
        Stream.of(Outcome.FAILED, Outcome.TIMEOUT)
            .flatMap(outcome -> book.calls(CallFilter.of(outcome), null, most).calls().stream())
            .sorted(NEWEST_FIRST)
            .limit(most)
            .map(call -> row(call, numbersShown))
            .toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("failures", rows);
    answer.put("count", rows.size());
    return Json.write(answer);
  }

  private static Map<String, Object> row(CallRecord call, boolean numbersShown) {
    Map<String, Object> row = new LinkedHashMap<>();
    var direction = call.beginning().direction();
    String from = call.beginning().from();
    String to = call.beginning().to();
    Instant ended = call.times().ended();
    row.put("call_id", call.callId());
    row.put("call_type", direction == null ? null : Words.of(direction));
    row.put("caller_number", numbersShown ? from : PhoneNumber.mask(from));
    row.put("callee_number", numbersShown ? to : PhoneNumber.mask(to));
    row.put("started_at", call.startedAt().toString());
    row.put("ended_at", ended == null ? null : ended.toString());
    row.put("duration_seconds", call.talkSeconds());
    row.put("status", Words.of(call.end().outcome()));
    String reason = Kind.failure(call);
    row.put("failure_reason", numbersShown ? reason : PhoneNumber.mask(reason));
    row.put("metadata", null);
    return row;
  }
}
