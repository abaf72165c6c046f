package io.busyhour.cli.figures;

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

/** The command {@code health}. */
@Command(
    name = "health",
    description = "Shows how the calls of the last hour go; exits with 1 when degraded.")
public final class Health implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Answer answer = connection.server().get("/metrics/health");
    JsonNode health = answer.body();
    if (!health.path("status").isTextual()) {
      return connection.refused(answer);
    }
    if (connection.isJson()) {
      out.println(connection.pretty(answer));
    } else {
      show(health, out);
    }
    return answer.isGood() ? 0 : 1;
  }

  private static void show(JsonNode health, PrintWriter out) {
    JsonNode indicators = health.path("indicators");
    line(out, "status", Table.plain(health.path("status").asText()));
    line(out, "calls in the last hour", Shown.number(indicators.path("calls_last_hour")));
    line(out, "success rate", Shown.percent(indicators.path("success_rate")));
    line(out, "active calls", Shown.number(indicators.path("active_calls")));
    line(out, "average talk time", Shown.seconds(indicators.path("avg_duration")));
    for (JsonNode warning : health.path("warnings")) {
      out.printf("warning: %s%n", Table.plain(warning.asText()));
    }
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-24s%s%n", name, value);
  }
}
