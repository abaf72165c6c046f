package io.busyhour.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Answer;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code ledger}. */
@Command(
    name = "ledger",
    description = "Shows what was received from each source, and what became of it.")
final class Ledger implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Answer answer = connection.server().get("/ledger");
    if (!answer.isGood()) {
      spec.commandLine().getErr().println("busyhour: " + answer.message());
      return 1;
    }
    if (connection.isJson()) {
      out.println(connection.pretty(answer));
      return 0;
    }
    Table lines =
        new Table("source", "received", "accepted", "duplicates", "rejected", "last event (UTC)");
    Table reasons = new Table("rejected from", "because of", "events");
    boolean anyRejected = false;
    long missing = 0;
    for (JsonNode line : answer.body().path("sources")) {
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
    if (answer.body().path("calls_without_end").isNumber()) {
      out.printf("%ncalls without an end: %,d%n", answer.body().path("calls_without_end").asLong());
    }
    if (missing > 0) {
      out.printf("callbacks that never came: %,d%n", missing);
    }
    return 0;
  }

  private static String toTheMinute(String time) {
    return time.replaceFirst("(.{10})T(.{5}).*", "$1 $2");
  }
}
