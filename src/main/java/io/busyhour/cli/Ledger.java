package io.busyhour.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code ledger}. */
@Command(
    name = "ledger",
    description = "Shows what was received from each source, and what became of it.")
final class Ledger implements Callable<Integer> {
  @Mixin private Connection connection;

  @Override
  public Integer call() throws InterruptedException {
    return connection.show("/ledger", Ledger::show);
  }

  private static void show(JsonNode body, PrintWriter out) {
    Table lines =
        new Table("source", "received", "accepted", "duplicates", "rejected", "last event (UTC)");
    Table reasons = new Table("rejected from", "because of", "events");
    boolean anyRejected = false;
    long missing = 0;
    for (JsonNode line : body.path("sources")) {
      String source = line.path("source").asText();
      long rejected = 0;
      for (var reason : line.path("rejected").properties()) {
        rejected += reason.getValue().asLong();
        reasons.row(source, reason.getKey(), reason.getValue().asLong());
      }
      anyRejected |= rejected > 0;
      missing += line.path("missing_callbacks").asLong();
      lines.row(
          source,
          line.path("received").asLong(),
          line.path("accepted").asLong(),
          line.path("duplicates").asLong(),
          rejected,
          toTheMinute(line.path("last_event").asText("")));
    }
    out.print(lines);
    if (anyRejected) {
      out.println();
      out.print(reasons);
    }
    if (body.path("calls_without_end").isNumber()) {
      out.printf("%ncalls without an end: %,d%n", body.path("calls_without_end").asLong());
    }
    if (missing > 0) {
      out.printf("callbacks that never came: %,d%n", missing);
    }
  }

  private static String toTheMinute(String time) {
    return time.replaceFirst("(.{10})T(.{5}).*", "$1 $2");
  }
}
