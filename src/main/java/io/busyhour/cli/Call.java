package io.busyhour.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Answer;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code call}. */
@Command(name = "call", description = "Shows what is known about a call.")
final class Call implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Parameters(paramLabel = "CALL_ID", description = "the call's id")
  private String callId;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String segment = URLEncoder.encode(callId, StandardCharsets.UTF_8).replace("+", "%20");
    Answer answer = connection.server().get("/calls/" + segment);
    if (!answer.isGood()) {
      spec.commandLine().getErr().println("busyhour: " + answer.message());
      return 1;
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
