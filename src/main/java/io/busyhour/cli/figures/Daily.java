package io.busyhour.cli.figures;

import io.busyhour.cli.remote.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code daily}. */
@Command(name = "daily", description = "Shows the calls of the last days, today last.")
public final class Daily extends SeriesCommand {
  @Option(
      names = "--days",
      paramLabel = "<n>",
      defaultValue = "30",
      description = "how many, up to 400 (default: ${DEFAULT-VALUE})")
  private String days;

  @Override
  Query query() {
    return new Query("/metrics/daily").with("days", days);
  }

  @Override
  String time() {
    return "date";
  }
}
