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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code call}. */
@Command(name = "call", description = "Shows what is known about a call.")
public final class Call implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Parameters(paramLabel = "CALL_ID", description = "the call's id")
  private String callId;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Answer answer = connection.server().get("/calls/" + Query.segment(callId));
    if (!answer.isGood()) {
      return connection.refused(answer);
    }
    if (connection.isJson()) {
      out.println(connection.pretty(answer));
      return 0;
    }
    for (var field : answer.body().properties()) {
      JsonNode value = field.getValue();
      if (!value.isNull()) {
        String text = value.isContainerNode() ? value.toString() : value.asText();
        out.printf("%-22s  %s%n", Table.plain(field.getKey()), Table.plain(text));
      }
    }
    return 0;
  }
}
