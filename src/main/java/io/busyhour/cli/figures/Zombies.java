package io.busyhour.cli.figures;

import com.fasterxml.jackson.databind.JsonNode;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code zombies}. */
@Command(name = "zombies", description = "Lists the calls that have been open for long.")
public final class Zombies implements Callable<Integer> {
  @Mixin private Connection connection;

  @Option(
      names = "--threshold",
      paramLabel = "<seconds>",
      defaultValue = "3600",
      description = "open for more than that, 60 to 604800 (default: ${DEFAULT-VALUE})")
  private String threshold;

  @Override
  public Integer call() throws InterruptedException {
    String path = new Query("/zombie-calls").with("threshold", threshold).path();
    return connection.show(path, this::show);
  }

  private void show(JsonNode body, PrintWriter out) {
    long count = body.path("count").asLong();
    if (count > 0) {
      out.print(ZombieTable.of(body.path("zombies")));
      out.println();
    }
    out.printf("calls that have been open for more than %s s: %,d%n", threshold, count);
  }
}
