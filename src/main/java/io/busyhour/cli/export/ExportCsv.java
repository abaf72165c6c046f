package io.busyhour.cli.export;

import picocli.CommandLine.Command;

/** The command {@code export-csv}. */
@Command(
    name = "export-csv",
    description = "Writes all calls of the last days as CSV, oldest first.")
public final class ExportCsv extends ExportCommand {
  /** For the command line. */
  public ExportCsv() {
    super(new CsvForm());
  }
}
