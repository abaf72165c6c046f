package io.busyhour.cli.calls;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code call}. */
@Command(name = "call", description = "Shows what is known about a call.")
public final class Call implements Callable<Integer> {
  @Mixin private Connection connection;

  @Parameters(paramLabel = "CALL_ID", description = "the call's id")
  private String callId;

  @Override
  public Integer call() throws InterruptedException {
    return connection.show("/calls/" + Query.segment(callId), Call::show);
  }

  private static void show(JsonNode body, PrintWriter out) {
    for (var field : body.properties()) {
      JsonNode value = field.getValue();
      if (!value.isNull()) {
        String text = value.isContainerNode() ? value.toString() : value.asText();
        out.printf("%-22s  %s%n", Table.plain(field.getKey()), Table.plain(text));
      }
    }
  }
}
