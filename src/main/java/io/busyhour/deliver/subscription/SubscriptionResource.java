package io.busyhour.deliver.subscription;

import io.busyhour.deliver.Page;
import io.busyhour.deliver.Place;
import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /v1/webhooks/subscriptions}: who wants to hear of what, and where. */
@Path(SubscriptionResource.PATH)
@ApplicationScoped
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
@Needs(Role.ADMIN)
@Tag(name = "webhooks")
public class SubscriptionResource {
  static final String PATH = "/v1/webhooks/subscriptions";
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final String EXAMPLE =
      "{\"partner_id\":\"acme\",\"url\":\"https://hooks.example.com/calls\","
          + "\"events\":[\"call.ended\"],\"accounts\":[],\"trunks\":[],\"numbers_shown\":false,"
          + "\"per_second\":0}";

  private final Subscriptions subscriptions;
  private final Address address;

  /** For the container's proxy only. */
  protected SubscriptionResource() {
    this(null, url -> Optional.empty());
  }

  /**
   * Keeps them here.
   *
   * @param refusing tells why nothing may be sent to a URL, if so
   */
  @Inject
  public SubscriptionResource(
      Subscriptions subscriptions, Function<URI, Optional<String>> refusing) {
    this.subscriptions = subscriptions;
    this.address = new Address(refusing);
  }

  /** Makes one; its secret is in this answer and in no other. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Subscribe a partner to events",
      description =
          "partner_id, url and events are needed. accounts and trunks: of these only, [] for all."
              + " numbers_shown: phone numbers are sent whole; takes the role pii, too."
              + " per_second: at most so many attempts a second, 0 for no limit. What is sent is"
              + " signed by the secret of the answer (Standard Webhooks 1.0.0).")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", example = EXAMPLE))
  @APIResponse(responseCode = "201", description = "The subscription, with its secret")
  @APIResponse(
      responseCode = "400",
      description =
          "malformed_json, missing_field, wrong_type, invalid_value (a private address, too),"
              + " unknown_type: nothing is subscribed")
  @APIResponse(responseCode = "403", description = "forbidden: the token lacks a role")
  public Response create(InputStream body, @Context SecurityContext caller) {
    Draft draft = SubscriptionOrder.draft(body, address);
    checkNumbers(draft.numbersShown(), caller);
    Subscription made = subscriptions.create(draft);
    return Response.created(URI.create(PATH + "/" + made.id()))
        .entity(Json.write(SubscriptionView.withSecret(made)))
        .build();
  }

  /** All of them, the newest first, a page at a time. */
  @GET
  @Operation(summary = "Subscriptions, newest first")
  @APIResponse(responseCode = "200", description = "subscriptions, and next_cursor or null")
  @APIResponse(responseCode = "400", description = "A parameter is not what it may be")
  public String list(
      @QueryParam("partner") String partner,
      @Parameter(description = "1 to 1000; 100 if not given") @QueryParam("limit") String limit,
      @Parameter(description = "the next_cursor of the page before") @QueryParam("cursor")
          String cursor) {
    Page<Subscription> page =
        subscriptions.list(
            Asked.text(partner), Place.asked(cursor), Asked.number("limit", limit, USUAL, 1, MOST));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("subscriptions", page.rows().stream().map(SubscriptionView::of).toList());
    answer.put("next_cursor", page.cursor());
    return Json.write(answer);
  }

  /** One of them. */
  @GET
  @Path("/{id}")
  @Operation(summary = "One subscription")
  @APIResponse(responseCode = "200", description = "The subscription, without its secret")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  public String find(@PathParam("id") String id) {
    return Json.write(SubscriptionView.of(known(subscriptions.find(Asked.text(id)))));
  }

  /** Changes what the body says, and nothing else. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  @Path("/{id}")
  @Operation(
      summary = "Change, pause or go on with a subscription",
      description =
          "Any of paused, events, url, accounts, trunks, numbers_shown, per_second. What was queued"
              + " while it was paused is delivered when it goes on. One that ended because its"
              + " endpoint answered 410 goes on with paused=false. To change one that is sent whole"
              + " phone numbers takes the role pii, too, except to pause it.")
  @RequestBody(
      required = true,
      content = @Content(mediaType = "application/json", example = "{\"paused\":true}"))
  @APIResponse(responseCode = "200", description = "The subscription as it is now")
  @APIResponse(
      responseCode = "400",
      description =
          "malformed_json, missing_field, wrong_type, invalid_value, unknown_type: nothing changed")
  @APIResponse(responseCode = "403", description = "forbidden: the token lacks a role")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  public String change(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    SubscriptionOrder order = SubscriptionOrder.change(body, address);
    Optional<Subscription> changed =
        subscriptions.change(
            Asked.text(id),
            before -> {
              Subscription after = order.of(before);
              checkNumbers(after.numbersShown() && !order.isPauseAlone(), caller);
              return after;
            });
    return Json.write(SubscriptionView.of(known(changed)));
  }

  /** Gives it a new secret; the one before signs on for a while. */
  @POST
  @Path("/{id}/rotate-secret")
  @Operation(
      summary = "Replace the secret of a subscription",
      description =
          "Until old_secret_until requests are signed by both secrets; one that was replaced before"
              + " ceases to sign at once.")
  @APIResponse(responseCode = "200", description = "The subscription, with its new secret")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  public String rotate(@PathParam("id") String id) {
    Subscription rotated = known(subscriptions.rotate(Asked.text(id)));
    return Json.write(SubscriptionView.withSecret(rotated));
  }

  /** Deletes it; what waits for it is given up. */
  @DELETE
  @Path("/{id}")
  @Operation(
      summary = "Delete a subscription",
      description = "What waits to be delivered is given up.")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is none of this id")
  public void delete(@PathParam("id") String id) {
    if (!subscriptions.delete(Asked.text(id))) {
      known(Optional.empty());
    }
  }

  private static Subscription known(Optional<Subscription> found) {
    return found.orElseThrow(
        () -> new Refusal(Reason.NOT_FOUND, "There is no subscription of this id."));
  }

  private static void checkNumbers(boolean shown, SecurityContext caller) {
    if (shown && !Role.PII.isHeldBy(caller)) {
      throw new Refusal(
          Reason.FORBIDDEN,
          "Whoever sets up where whole phone numbers are sent needs a token with the role pii,"
              + " too.");
    }
  }
}
