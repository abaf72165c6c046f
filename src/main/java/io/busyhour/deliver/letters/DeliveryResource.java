package io.busyhour.deliver.letters;

import io.busyhour.deliver.Page;
import io.busyhour.deliver.letters.Letter.State;
import io.busyhour.deliver.letters.Letter.Whole;
import io.busyhour.deliver.subscription.Subscriptions;
import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /v1/webhooks/deliveries} and {@code /v1/webhooks/dead-letters}: what became of deliveries.
 */
@Path("/v1/webhooks")
@ApplicationScoped
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Needs(Role.ADMIN)
@Tag(name = "webhooks")
public class DeliveryResource {
  private final Letters letters;
  private final Redelivery redelivery;

  /** For the container's proxy only. */
  protected DeliveryResource() {
    this(null, null, null);
  }

  /** Those of this database; the listener of the subscriptions is told of what is to be done. */
  @Inject
  public DeliveryResource(DataSource database, InstantSource clock, Subscriptions subscriptions) {
    this.letters = new Letters(database);
    this.redelivery = new Redelivery(database, clock, () -> subscriptions.tellChange());
  }

  /** Deliveries newest first, a page at a time. */
  @GET
  @Path("/deliveries")
  @Operation(
      summary = "Deliveries, newest first",
      description =
          "By when their event was queued, then by id. With subscription, partner or event_type a"
              + " page looks at the 10,000 newest of each state, so it may have fewer deliveries"
              + " than the limit, or none, and yet a next_cursor.")
  @APIResponse(responseCode = "200", description = "deliveries, and next_cursor or null")
  @APIResponse(responseCode = "400", description = "A parameter is not what it may be")
  public String deliveries(@BeanParam LettersQuery query) {
    Page<Letter> page = letters.page(query.states(), query.filter(), query.after(), query.limit());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("deliveries", page.rows().stream().map(LetterView::of).toList());
    answer.put("next_cursor", page.cursor());
    return Json.write(answer);
  }

  /** One of them, with its payload and all its attempts. */
  @GET
  @Path("/deliveries/{id}")
  @Operation(
      summary = "One delivery",
      description =
          "With its payload and, as history, its attempts: when, the status, the latency, why"
              + " nobody answered, and the first kilobyte of the answer. Phone numbers are whole"
              + " only where they are sent so, and for the role pii.")
  @APIResponse(responseCode = "200", description = "The delivery")
  @APIResponse(responseCode = "404", description = "There is none of this id, or not any more")
  public String delivery(@PathParam("id") String id, @Context SecurityContext caller) {
    return Json.write(LetterView.of(known(id), Role.PII.isHeldBy(caller)));
  }

  /** Has a dead letter delivered once more. */
  @POST
  @Path("/deliveries/{id}/redeliver")
  @Operation(
      summary = "Deliver a dead letter once more",
      description = "At once, with as many attempts as in the beginning and under the same id.")
  @APIResponse(responseCode = "200", description = "The delivery, which is pending now")
  @APIResponse(responseCode = "404", description = "There is none of this id, or not any more")
  @APIResponse(
      responseCode = "409",
      description = "conflict: it is not dead, or its subscription has ended or was deleted")
  public String redeliver(@PathParam("id") String id) {
    String known = known(id).letter().deliveryId();
    if (!redelivery.one(known)) {
      State state = known(known).letter().state();
      throw new Refusal(
          Reason.CONFLICT,
          state == State.DEAD
              ? "Its subscription has ended or was deleted: have it go on with {\"paused\":false}."
              : "It is no dead letter: only these are delivered once more.");
    }
    return Json.write(LetterView.of(known(known).letter()));
  }

  /** Has many dead letters delivered once more. */
  @POST
  @Path("/dead-letters/redeliver")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Deliver dead letters once more",
      description =
          "Those that match all of subscription, partner_id, event_type, since and until (when they"
              + " were queued), or {\"all\":true}; never those of a subscription that has ended or"
              + " was deleted. If it fails half-way, send it again for the others.")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", example = "{\"partner_id\":\"acme\"}"))
  @APIResponse(responseCode = "200", description = "redelivered: how many are pending now")
  @APIResponse(
      responseCode = "400",
      description = "malformed_json, missing_field, wrong_type or invalid_value: nothing is done")
  public String redeliver(InputStream body) {
    return Json.write(Map.of("redelivered", redelivery.all(RedeliveryOrder.read(body))));
  }

  private Whole known(String id) {
    return letters
        .find(Asked.text(id))
        .orElseThrow(
            () ->
                new Refusal(Reason.NOT_FOUND, "There is no delivery of this id, or not any more."));
  }
}
