package io.busyhour.serve.view;

import io.busyhour.event.Outcome;
import io.busyhour.event.field.Words;
import io.busyhour.http.Asked;
import io.busyhour.projection.calls.history.CallFilter;
import io.busyhour.projection.calls.history.CallFilter.Status;
import io.busyhour.projection.calls.history.Place;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The parameters of {@code GET /calls}. */
public class CallsQuery {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  @Parameter(description = "active, or how the call ended")
  @QueryParam("status")
  private String status;

  @QueryParam("campaign")
  private String campaign;

  @QueryParam("account")
  private String account;

  @QueryParam("trunk")
  private String trunk;

  @Parameter(description = "the earliest time at which the call began")
  @QueryParam("since")
  private String since;

  @Parameter(description = "the time before which the call began")
  @QueryParam("until")
  private String until;

  @Parameter(description = "1 to 1000; 100 if not given")
  @QueryParam("limit")
  private String limit;

  @Parameter(description = "the next_cursor of the page before")
  @QueryParam("cursor")
  private String cursor;

  CallFilter filter() {
    return new CallFilter(
        status(),
        Asked.text(campaign),
        Asked.text(account),
        Asked.text(trunk),
        Asked.time("since", since),
        Asked.time("until", until));
  }

  /** Null if it does not matter. */
  private Status status() {
    if (Asked.text(status) == null) {
      return null;
    }
    // Others write it with two l.
    String word = status.equals("cancelled") ? "canceled" : status;
    Outcome outcome = Words.parse(Outcome.class, word);
    if (outcome == null && !word.equals("active")) {
      String outcomes =
          Arrays.stream(Outcome.values()).map(Words::of).collect(Collectors.joining(", "));
      throw Asked.wrong("status", "one of active, " + outcomes);
    }
    return new Status(outcome);
  }

  int limit() {
    return Asked.number("limit", limit, USUAL, 1, MOST);
  }

  /** Where to read on, or null for the beginning. */
  Place after() {
    try {
      return Asked.text(cursor) == null ? null : Place.parse(cursor);
    } catch (IllegalArgumentException e) {
      throw Asked.wrong("cursor", "the next_cursor of an answer, with its + and & escaped");
    }
  }
}
