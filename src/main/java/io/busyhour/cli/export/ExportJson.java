package io.busyhour.cli.export;

import picocli.CommandLine.Command;

/** The command {@code export-json}. */
@Command(
    name = "export-json",
    description = "Writes all calls of the last days as JSON, oldest first.")
public final class ExportJson extends ExportCommand {
  /** For the command line. */
  public ExportJson() {
    super(new JsonForm());
  }
}
