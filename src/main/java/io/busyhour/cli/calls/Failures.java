package io.busyhour.cli.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code failures}. */
@Command(name = "failures", description = "Lists the newest calls that failed or timed out.")
public final class Failures implements Callable<Integer> {
  @Mixin private Connection connection;

  @Option(
      names = "--limit",
      paramLabel = "<n>",
      defaultValue = "10",
      description = "at most so many, up to 1000 (default: ${DEFAULT-VALUE})")
  private String limit;

  @Override
  public Integer call() throws InterruptedException {
    String path = new Query("/metrics/failures").with("limit", limit).path();
    return connection.show(path, Failures::show);
  }

  private static void show(JsonNode body, PrintWriter out) {
    Table calls = new Table("call", "began (UTC)", "status", "reason");
    for (JsonNode call : body.path("failures")) {
      calls.row(
          call.path("call_id").asText(),
          Table.toTheSecond(call.path("started_at").asText()),
          call.path("status").asText(),
          Table.short12(call.path("failure_reason").asText("")));
    }
    out.print(calls);
  }
}
