package io.busyhour.cli.figures;

import io.busyhour.cli.remote.Answer;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code zombies}. */
@Command(name = "zombies", description = "Lists the calls that have been open for long.")
public final class Zombies implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Option(
      names = "--threshold",
      paramLabel = "<seconds>",
      defaultValue = "3600",
      description = "open for more than that, 60 to 604800 (default: ${DEFAULT-VALUE})")
  private String threshold;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String path = new Query("/zombie-calls").with("threshold", threshold).path();
    Answer answer = connection.server().get(path);
    if (!answer.isGood()) {
      return connection.refused(answer);
    }
    if (connection.isJson()) {
      out.println(connection.pretty(answer));
      return 0;
    }
    long count = answer.body().path("count").asLong();
    if (count > 0) {
      out.print(ZombieTable.of(answer.body().path("zombies")));
      out.println();
    }
    out.printf("calls that have been open for more than %s s: %,d%n", threshold, count);
    return 0;
  }
}
