package io.busyhour.serve.view;

import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.projection.Book;
import io.busyhour.projection.calls.history.CallPage;
import io.busyhour.projection.change.CallRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /calls} and {@code GET /calls/{id}}: lists of calls, and one. */
@Path("/calls")
@ApplicationScoped
public class CallsResource {
  private final Book book;

  /** For the container's proxy only. */
  protected CallsResource() {
    this(null);
  }

  /** Shows the calls of this book. */
  @Inject
  public CallsResource(Book book) {
    this.book = book;
  }

  /** Calls newest first, a page at a time; phone numbers only for the role pii. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "Calls, newest first",
      description =
          "By when they began, then by id. With several filters a page looks at 10,000 calls at"
              + " most, so it may have fewer calls than the limit, or none, and yet a next_cursor.")
  @APIResponse(responseCode = "200", description = "calls, and next_cursor or null")
  @APIResponse(responseCode = "400", description = "A parameter is not what it may be")
  public String calls(@BeanParam CallsQuery query, @Context SecurityContext caller) {
    boolean numbersShown = Role.PII.isHeldBy(caller);
    CallPage page = book.calls(query.filter(), query.after(), query.limit());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("calls", page.calls().stream().map(c -> CallView.of(c, numbersShown)).toList());
    answer.put("next_cursor", page.next() == null ? null : page.next().toString());
    return Json.write(answer);
  }

  /** The row of a call as of the last commit; phone numbers only for the role pii. */
  @GET
  @Path("/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "One call",
      description = "All that is known about a call; what is unknown is left out.")
  @APIResponse(responseCode = "200", description = "The call's row")
  @APIResponse(responseCode = "404", description = "There is no such call, or it is deleted")
  public String call(@PathParam("id") String id, @Context SecurityContext caller) {
    CallRecord call =
        book.call(Asked.text(id))
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.NOT_FOUND, "There is no call of this id, or it is deleted."));
    return Json.write(CallView.of(call, Role.PII.isHeldBy(caller)));
  }
}
