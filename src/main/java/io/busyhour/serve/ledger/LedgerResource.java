package io.busyhour.serve.ledger;

import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.journal.Journal;
import io.busyhour.journal.LedgerLine;
import io.busyhour.projection.Book;
import io.busyhour.serve.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /ledger}: what was received from whom, and what became of it. */
@Path("/ledger")
@ApplicationScoped
public class LedgerResource {
  // Later than any call can begin: all that are open.
  private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

  private final Journal journal;
  private final Book book;

  /** For the container's proxy only. */
  protected LedgerResource() {
    this(null, null);
  }

  /** Shows the ledger of this journal, and the open calls of this book. */
  @Inject
  public LedgerResource(Journal journal, Book book) {
    this.journal = journal;
    this.book = book;
  }

  /** One line a source: received = accepted + duplicates + all rejected, as committed. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "What was received from each source",
      description = "received = accepted + duplicates + rejected, as committed.")
  @APIResponse(responseCode = "200", description = "One line a source")
  public String ledger() {
    Map<String, Long> open =
        book.openSinceBefore(EVER).stream()
            .collect(Collectors.toMap(Book.Stale::source, Book.Stale::calls));
    List<Map<String, Object>> lines = new ArrayList<>();
    journal.ledger().stream()
        .sorted(Comparator.comparing(LedgerLine::source))
        .forEach(line -> lines.add(line(line, open.getOrDefault(line.source(), 0L))));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sources", lines);
    answer.put("calls_without_end", open.values().stream().mapToLong(Long::longValue).sum());
    return Json.write(answer);
  }

  private static Map<String, Object> line(LedgerLine line, long open) {
    long rejected = line.rejected().values().stream().mapToLong(Long::longValue).sum();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("source", line.source());
    shown.put("received", line.accepted() + line.duplicates() + rejected);
    shown.put("accepted", line.accepted());
    shown.put("duplicates", line.duplicates());
    shown.put("rejected", new TreeMap<>(line.rejected()));
    shown.put("last_event", line.lastEvent() == null ? null : line.lastEvent().toString());
    shown.put("calls_without_end", open);
    return shown;
  }
}
