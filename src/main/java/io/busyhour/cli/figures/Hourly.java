package io.busyhour.cli.figures;

import io.busyhour.cli.remote.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code hourly}. */
@Command(name = "hourly", description = "Shows the calls of the last hours, the running one last.")
public final class Hourly extends SeriesCommand {
  @Option(
      names = "--hours",
      paramLabel = "<n>",
      defaultValue = "24",
      description = "how many, up to 2160 (default: ${DEFAULT-VALUE})")
  private String hours;

  @Override
  Query query() {
    return new Query("/metrics/hourly").with("hours", hours);
  }

  @Override
  String time() {
    return "hour";
  }
}
