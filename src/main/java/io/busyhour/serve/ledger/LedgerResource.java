package io.busyhour.serve.ledger;

import io.busyhour.http.Json;
import io.busyhour.http.Needs;
import io.busyhour.http.Role;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal;
import io.busyhour.journal.LedgerLine;
import io.busyhour.projection.Book;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

  private static final String MISSING = "busyhour_callbacks_missing_total";

  private final Journal journal;
  private final Book book;
  private final Meters meters;
  private final InstantSource clock;

  /** For the container's proxy only. */
  protected LedgerResource() {
    this(null, null, null, null);
  }

  /**
   * Shows the ledger of this journal, the open calls of this book, and what these meters miss, as
   * of a clock.
   */
  @Inject
  public LedgerResource(Journal journal, Book book, Meters meters, InstantSource clock) {
    this.journal = journal;
    this.book = book;
    this.meters = meters;
    this.clock = clock;
  }

  /** One line a source: received = accepted + duplicates + all rejected, as committed. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Needs(Role.READ)
  @Operation(
      summary = "What was received from each source",
      description =
          "received = accepted + duplicates + rejected, as committed. silent_seconds is the time"
              + " since last_event; missing_callbacks never came though later ones of their calls"
              + " did.")
  @APIResponse(responseCode = "200", description = "One line a source")
  public String ledger() {
    Map<String, Long> open =
        book.openSinceBefore(EVER).stream()
            .collect(Collectors.toMap(Book.Stale::source, Book.Stale::calls));
    Map<String, Long> missing = missingCallbacks();
    Instant now = clock.instant();
    List<Map<String, Object>> lines = new ArrayList<>();
    journal.ledger().stream()
        .sorted(Comparator.comparing(LedgerLine::source))
        .forEach(
            line -> {
              Map<String, Object> shown = line(line, now);
              shown.put("calls_without_end", open.getOrDefault(line.source(), 0L));
              shown.put("missing_callbacks", missing.getOrDefault(line.source(), 0L));
              lines.add(shown);
            });
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sources", lines);
    answer.put("calls_without_end", open.values().stream().mapToLong(Long::longValue).sum());
    return Json.write(answer);
  }

  private Map<String, Long> missingCallbacks() {
    Map<String, Long> missing = new HashMap<>();
    for (MetricSnapshot family : meters.snapshots(MISSING::equals)) {
      for (DataPointSnapshot point : family.getDataPoints()) {
        double count = ((CounterDataPointSnapshot) point).getValue();
        missing.put(point.getLabels().get("source"), (long) count);
      }
    }
    return missing;
  }

  private static Map<String, Object> line(LedgerLine line, Instant now) {
    long rejected = line.rejected().values().stream().mapToLong(Long::longValue).sum();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("source", line.source());
    shown.put("received", line.accepted() + line.duplicates() + rejected);
    shown.put("accepted", line.accepted());
    shown.put("duplicates", line.duplicates());
    shown.put("rejected", new TreeMap<>(line.rejected()));
    Instant last = line.lastEvent();
    shown.put("last_event", last == null ? null : last.toString());
    shown.put("silent_seconds", last == null ? null : silence(last, now));
    return shown;
  }

  /** A sender's clock may be ahead of ours. */
  private static long silence(Instant last, Instant now) {
    return Math.max(0, Duration.between(last, now).toSeconds());
  }
}
