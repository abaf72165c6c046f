package io.busyhour.cli.export;

import io.busyhour.cli.remote.Answer;
import io.busyhour.cli.remote.Query;
import io.busyhour.cli.terminal.Connection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that export have in common. */
abstract class ExportCommand implements Callable<Integer> {
  /** Back to the start of the line, and wipe it: what comes next may be shorter than the bar. */
  private static final String WIPE = "\r\u001b[K";

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Option(
      names = "--days",
      paramLabel = "<n>",
      defaultValue = "30",
      description = "calls of so many days before now, up to 400 (default: ${DEFAULT-VALUE})")
  private int days;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "write to this file; what was cut off goes on (default: standard output)")
  private Path file;

  @Option(names = "--all-fields", description = "all that is known of each call")
  private boolean allFields;

  private final Form form;
  private final boolean terminal = Ansi.AUTO.enabled();
  private boolean barStands;
  private Duration lastLine = Duration.ZERO;

  ExportCommand(Form form) {
    this.form = form;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return file == null ? print() : store(err);
    } catch (FileSystemException e) {
      wipe(err);
      err.printf("busyhour: --out: %s cannot be written%n", e.getFile());
      return 2;
    } catch (IOException e) {
      wipe(err);
      String remedy = file == null ? "" : "; the same command goes on from there";
      err.printf("busyhour: the export was cut off: %s%s%n", e.getMessage(), remedy);
      return 2;
    }
  }

  private int print() throws InterruptedException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    Copy copy = new Copy(form, 0, Instant.now(), System::nanoTime, this::show);
    return ask(copy, out, null);
  }

  private int store(PrintWriter err) throws InterruptedException, IOException {
    PartFile part = PartFile.open(file, form, connection.server().url() + query().path());
    if (part.anew()) {
      err.printf("begins anew: %s was of an export with other options%n", part.part());
    } else if (part.calls() > 0) {
      err.printf("goes on after %,d calls%n", part.calls());
    }
    Copy copy = new Copy(form, part.calls(), Instant.now(), System::nanoTime, this::show);
    int exit;
    try (Writer out = part.writer()) {
      exit = ask(copy, out, part.place());
    }
    if (exit == 0) {
      part.finish();
      wipe(err);
      err.printf("%,d calls in %s%n", copy.calls(), file);
    }
    return exit;
  }

  private Query query() {
    return new Query("/metrics/export")
        .with("format", form.format())
        .with("days", days)
        .with("fields", allFields ? "all" : null);
  }

  private int ask(Copy copy, Writer out, String cursor) throws InterruptedException, IOException {
    Answer answer =
        connection
            .server()
            .read(
                query().with("cursor", cursor).path(),
                lines -> {
                  if (cursor == null) {
                    out.write(form.head(days));
                  }
                  copy.copy(lines, out);
                  out.flush();
                });
    return answer.isGood() ? 0 : connection.refused(answer);
  }

  private void wipe(PrintWriter err) {
    err.print(barStands ? WIPE : "");
    barStands = false;
  }

  private void show(CopyProgress progress) {
    PrintWriter err = spec.commandLine().getErr();
    if (terminal) {
      // Where the calls themselves are shown there is no room for a bar.
      if (file != null) {
        err.print(WIPE + progress.bar());
        err.flush();
        barStands = true;
      }
    } else if (progress.elapsed().minus(lastLine).compareTo(BETWEEN_LINES) >= 0) {
      lastLine = progress.elapsed();
      err.println(progress.line());
    }
  }
}
