package io.busyhour.cli.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Answer;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code failures}. */
@Command(name = "failures", description = "Lists the newest calls that failed or timed out.")
public final class Failures implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Option(
      names = "--limit",
      paramLabel = "<n>",
      defaultValue = "10",
      description = "at most so many, up to 1000 (default: ${DEFAULT-VALUE})")
  private String limit;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String path = new Query("/metrics/failures").with("limit", limit).path();
    Answer answer = connection.server().get(path);
    if (!answer.isGood()) {
      return connection.refused(answer);
    }
    if (connection.isJson()) {
      out.println(connection.pretty(answer));
      return 0;
    }
    Table calls = new Table("call", "began (UTC)", "status", "reason");
    for (JsonNode call : answer.body().path("failures")) {
      calls.row(
          call.path("call_id").asText(),
          Table.toTheSecond(call.path("started_at").asText()),
          call.path("status").asText(),
          Table.short12(call.path("failure_reason").asText("")));
    }
    out.print(calls);
    return 0;
  }
}
