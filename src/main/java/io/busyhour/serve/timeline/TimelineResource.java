package io.busyhour.serve.timeline;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CallbackEvent;
import io.busyhour.event.Event;
import io.busyhour.event.MaskedData;
import io.busyhour.event.Occurrence;
import io.busyhour.event.RoomEvent;
import io.busyhour.event.field.PhoneNumber;
import io.busyhour.http.Asked;
import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.http.Role;
import io.busyhour.journal.Entry;
import io.busyhour.journal.Journal;
import io.busyhour.journal.Journal.Stored;
import io.busyhour.projection.Book;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /calls/{id}/timeline}: everything that was heard of one call. */
@Path("/calls/{id}/timeline")
@ApplicationScoped
public class TimelineResource {
  /** One event of an entry. */
  private record Heard(Stored stored, Occurrence said) {
    Instant time() {
      return said.time();
    }

    long position() {
      return stored.entry().position();
    }
  }

  // Of one entry, the order in which it says them: sorting keeps it.
  private static final Comparator<Heard> IN_ORDER =
      Comparator.comparing(Heard::time).thenComparing(Heard::position);

  private final Book book;
  private final Journal journal;

  /** For the container's proxy only. */
  protected TimelineResource() {
    this(null, null);
  }

  /** Shows what this journal holds of the calls of this book. */
  @Inject
  public TimelineResource(Book book, Journal journal) {
    this.book = book;
    this.journal = journal;
  }

  /** Every event of a call by its time, then in the order of arrival. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "Every event of a call",
      description =
          "By the events' times, then by position in the journal. deleted counts deliveries that"
              + " the journal does not hold any more, left_out those in the middle of a call of"
              + " very many.")
  @APIResponse(responseCode = "200", description = "The call's events")
  @APIResponse(responseCode = "404", description = "There is no such call, or it is deleted")
  public String timeline(@PathParam("id") String id, @Context SecurityContext caller) {
    Book.MadeOf made =
        book.madeOf(Asked.text(id))
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.NOT_FOUND, "There is no call of this id, or it is deleted."));
    List<Stored> entries = journal.find(made.positions());
    boolean numbersShown = Role.PII.isHeldBy(caller);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("call_id", id);
    answer.put(
        "events",
        heard(entries, id).stream().sorted(IN_ORDER).map(h -> row(h, numbersShown)).toList());
    answer.put("deleted", made.positions().stream().distinct().count() - entries.size());
    answer.put("left_out", made.leftOut());
    return Json.write(answer);
  }

  private static List<Heard> heard(List<Stored> entries, String callId) {
    List<Heard> heard = new ArrayList<>();
    for (Stored stored : entries) {
      for (Occurrence said : stored.entry().delivery().occurrences()) {
        if (concerns(said.event(), callId)) {
          heard.add(new Heard(stored, said));
        }
      }
    }
    return heard;
  }

  /** An entry may speak of several calls; what it says of a room is of all calls in it. */
  private static boolean concerns(Event event, String callId) {
    return switch (event) {
      case CallEvent call -> call.callId().equals(callId);
      case CallbackEvent.TwilioCall callback -> callId.equals(callback.callId());
      case RoomEvent room -> true;
      default -> false;
    };
  }

  private static Map<String, Object> row(Heard heard, boolean numbersShown) {
    Entry entry = heard.stored().entry();
    Occurrence said = heard.said();
    String id = entry.delivery().key().id();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("time", said.time().toString());
    row.put("received_at", entry.receivedAt().toString());
    row.put("source", entry.delivery().key().source());
    row.put("id", numbersShown ? id : PhoneNumber.maskInternational(id));
    row.put("position", entry.position());
    row.put("type", said.event().type().wireName());
    row.put("data", numbersShown ? said.data() : MaskedData.of(said));
    row.put("duplicates", heard.stored().duplicates());
    return row;
  }
}
