package io.busyhour.cli.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code timeline}. */
@Command(name = "timeline", description = "Shows every event of a call in order.")
public final class Timeline implements Callable<Integer> {
  @Mixin private Connection connection;

  @Parameters(paramLabel = "CALL_ID", description = "the call's id")
  private String callId;

  @Override
  public Integer call() throws InterruptedException {
    return connection.show("/calls/" + Query.segment(callId) + "/timeline", Timeline::show);
  }

  private static void show(JsonNode body, PrintWriter out) {
    Table events = new Table("source", "time (UTC)", "event", "received", "again");
    for (JsonNode event : body.path("events")) {
      events.row(
          event.path("source").asText(),
          event.path("time").asText().replaceFirst("T", " ").replace("Z", ""),
          event.path("type").asText(),
          later(event.path("time").asText(), event.path("received_at").asText()),
          event.path("duplicates").asLong());
    }
    out.print(events);
    tell(out, body.path("deleted"), "deliveries are not in the journal any more");
    tell(out, body.path("left_out"), "deliveries in the middle are not listed");
  }

  private static void tell(PrintWriter out, JsonNode count, String what) {
    if (count.asLong() > 0) {
      out.printf("%n%,d %s%n", count.asLong(), what);
    }
  }

  private static String later(String time, String received) {
    double seconds =
        Duration.between(Instant.parse(time), Instant.parse(received)).toMillis() / 1e3;
    return String.format(Locale.ROOT, "%+.1f s", seconds);
  }
}
