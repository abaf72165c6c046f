package io.busyhour.cli.figures;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busyhour.cli.remote.Answer;
import io.busyhour.cli.terminal.Connection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code prometheus}. */
@Command(name = "prometheus", description = "Prints the voice metrics as Prometheus scrapes them.")
public final class Prometheus implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Override
  public Integer call() throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (connection.isJson()) {
      return json(out);
    }
    Answer answer =
        connection
            .server()
            .read("/metrics/prometheus", lines -> lines.lines().forEach(out::println));
    return answer.isGood() ? 0 : connection.refused(answer);
  }

  private int json(PrintWriter out) throws InterruptedException {
    Answer answer = connection.server().get("/metrics/json");
    if (!answer.isGood()) {
      return connection.refused(answer);
    }
    if (answer.body().path("metrics") instanceof ObjectNode metrics) {
      metrics.properties().removeIf(metric -> !metric.getKey().startsWith("voice_"));
    }
    out.println(connection.pretty(answer));
    return 0;
  }
}
