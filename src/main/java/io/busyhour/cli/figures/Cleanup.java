package io.busyhour.cli.figures;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Answer;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code cleanup}. */
@Command(
    name = "cleanup",
    description = "Ends the calls that have been open for long, at most 1000 at once.")
public final class Cleanup implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Option(
      names = "--threshold",
      paramLabel = "<seconds>",
      defaultValue = "3600",
      description = "open for more than that, 60 to 604800 (default: ${DEFAULT-VALUE})")
  private long threshold;

  @Option(names = "--dry-run", description = "show them only")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    byte[] order =
        "{\"threshold\":%d,\"dry_run\":%b}"
            .formatted(threshold, dryRun)
            .getBytes(StandardCharsets.UTF_8);
    Answer answer = connection.server().post("/cleanup-stale-calls", "application/json", order);
    if (!answer.isGood()) {
      return connection.refused(answer);
    }
    boolean done = answer.body().path("success").asBoolean();
    if (connection.isJson()) {
      out.println(connection.pretty(answer));
    } else {
      show(answer.body(), out);
    }
    return done ? 0 : 1;
  }

  private void show(JsonNode body, PrintWriter out) {
    long count = body.path("cleaned_count").asLong();
    if (count > 0) {
      out.print(ZombieTable.of(body.path("cleaned_calls")));
      out.println();
    }
    out.printf(
        dryRun ? "calls that would be ended: %,d%n" : "calls that were ended: %,d%n",
        dryRun ? body.path("remaining").asLong() : count);
    long remaining = body.path("remaining").asLong();
    if (!dryRun && count > 0 && remaining > 0) {
      out.printf("still open: %,d; run it again%n", remaining);
    }
    for (JsonNode error : body.path("errors")) {
      spec.commandLine().getErr().println("busyhour: " + Table.plain(error.asText()));
    }
  }
}
