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

/** The command {@code calls}. */
@Command(name = "calls", description = "Lists calls, newest first.")
public final class Calls implements Callable<Integer> {
  @Mixin private Connection connection;

  @Option(
      names = "--status",
      paramLabel = "<status>",
      description =
          "active, completed, busy, no_answer, canceled, rejected, failed, timeout or abandoned")
  private String status;

  @Option(names = "--campaign", paramLabel = "<id>", description = "of this campaign")
  private String campaign;

  @Option(names = "--account", paramLabel = "<id>", description = "of this account")
  private String account;

  @Option(names = "--trunk", paramLabel = "<id>", description = "by this trunk")
  private String trunk;

  @Option(
      names = "--since",
      paramLabel = "<time>",
      description = "that began then or later, such as 2026-11-20T09:00:00Z")
  private String since;

  @Option(names = "--until", paramLabel = "<time>", description = "that began before then")
  private String until;

  @Option(
      names = "--limit",
      paramLabel = "<n>",
      defaultValue = "20",
      description = "at most so many, up to 1000 (default: ${DEFAULT-VALUE})")
  private String limit;

  @Option(
      names = "--cursor",
      paramLabel = "<cursor>",
      description = "reads on where the list before ended")
  private String cursor;

  @Override
  public Integer call() throws InterruptedException {
    Query query =
        new Query("/calls")
            .with("status", status)
            .with("campaign", campaign)
            .with("account", account)
            .with("trunk", trunk)
            .with("since", since)
            .with("until", until)
            .with("limit", limit)
            .with("cursor", cursor);
    return connection.show(query.path(), Calls::show);
  }

  private static void show(JsonNode body, PrintWriter out) {
    Table calls = new Table("call", "began (UTC)", "status", "to", "talk");
    for (JsonNode call : body.path("calls")) {
      calls.row(
          call.path("call_id").asText(),
          Table.toTheSecond(call.path("started_at").asText()),
          call.path("status").asText(),
          call.path("to").asText(),
          Table.clock(call.path("duration_seconds")));
    }
    out.print(calls);
    String next = body.path("next_cursor").asText("");
    if (!next.isEmpty() && !body.path("next_cursor").isNull()) {
      out.printf("%nmore: --cursor '%s'%n", Table.plain(next));
    }
  }
}
