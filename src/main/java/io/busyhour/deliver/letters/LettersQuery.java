package io.busyhour.deliver.letters;

import io.busyhour.deliver.Place;
import io.busyhour.deliver.letters.Letter.State;
import io.busyhour.event.field.Words;
import io.busyhour.http.Asked;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The parameters of {@code GET /v1/webhooks/deliveries}. */
public class LettersQuery {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  @Parameter(description = "pending, delivered or dead; all if not given")
  @QueryParam("state")
  private String state;

  @Parameter(description = "the id of a subscription")
  @QueryParam("subscription")
  private String subscription;

  @QueryParam("partner")
  private String partner;

  @QueryParam("event_type")
  private String eventType;

  @Parameter(description = "1 to 1000; 100 if not given")
  @QueryParam("limit")
  private String limit;

  @Parameter(description = "the next_cursor of the page before")
  @QueryParam("cursor")
  private String cursor;

  List<State> states() {
    if (Asked.text(state) == null) {
      return List.of(State.values());
    }
    State asked = Words.parse(State.class, state);
    if (asked == null) {
      throw Asked.wrong("state", "one of pending, delivered, dead");
    }
    return List.of(asked);
  }

  LetterFilter filter() {
    return new LetterFilter(
        Asked.text(subscription), Asked.text(partner), Asked.text(eventType), null, null);
  }

  int limit() {
    return Asked.number("limit", limit, USUAL, 1, MOST);
  }

  /** Where to read on, or null for the beginning. */
  Place after() {
    return Place.asked(cursor);
  }
}
