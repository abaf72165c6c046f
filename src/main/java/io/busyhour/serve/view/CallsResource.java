package io.busyhour.serve.view;

import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.projection.Book;
import io.busyhour.projection.change.CallRecord;
import io.busyhour.serve.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /calls/{id}}: one call. */
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

  /** The row of a call as of the last commit; phone numbers only for the role pii. */
  @GET
  @Path("/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "One call",
      description = "All that is known about a call; what is unknown is left out.")
  @APIResponse(responseCode = "200", description = "The call's row")
  @APIResponse(responseCode = "404", description = "No event of this call was accepted")
  public String call(@PathParam("id") String id, @Context SecurityContext caller) {
    CallRecord call =
        book.call(id)
            .orElseThrow(
                () -> new Refusal(Reason.NOT_FOUND, "No event of this call was accepted."));
    return Json.write(CallView.of(call, Role.PII.isHeldBy(caller)));
  }
}
