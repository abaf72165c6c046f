package io.busyhour.cli;

import com.fasterxml.jackson.core.JacksonException;
import io.busyhour.cli.remote.Uploader;
import io.busyhour.cli.send.EventFile;
import io.busyhour.cli.send.Progress;
import io.busyhour.cli.send.Sending;
import io.busyhour.cli.terminal.Connection;
import io.busyhour.cli.terminal.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code send}. */
@Command(
    name = "send",
    description =
        "Sends the events of a file: one JSON event a line, or one JSON array of events. What the"
            + " server has already is recognised, so after a failure just send the file again.")
final class Send implements Callable<Integer> {
  private static final int SHOWN_REFUSALS = 10;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Parameters(paramLabel = "FILE", description = "the file to send")
  private Path file;

  private final boolean terminal = Ansi.AUTO.enabled();
  private Duration lastLine = Duration.ZERO;
  private int refusals;

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "FILE: " + file + " cannot be read");
    }
    PrintWriter err = spec.commandLine().getErr();
    Uploader uploader = new Uploader(connection.server(), Send::pause);
    Sending sending =
        new Sending(uploader, InstantSource.system(), p -> show(p, err), r -> show(r, err));
    try (EventFile events = EventFile.open(file)) {
      Progress result = sending.send(events);
      summarise(result, err);
      return result.rejected() == 0 ? 0 : 1;
    } catch (JacksonException e) {
      err.printf(
          "busyhour: %s is no JSON array from line %d on; what stood before was sent%n",
          file, e.getLocation().getLineNr());
      return 1;
    } catch (IOException e) {
      err.println("busyhour: " + file + " cannot be read: " + e.getMessage());
      return 2;
    }
  }

  private static boolean pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
    return true;
  }

  private void show(Progress progress, PrintWriter err) {
    if (terminal) {
      err.print("\r" + progress.bar());
      err.flush();
    } else if (progress.elapsed().minus(lastLine).compareTo(BETWEEN_LINES) >= 0) {
      lastLine = progress.elapsed();
      err.println(progress.line());
    }
  }

  private void show(Sending.Refused refused, PrintWriter err) {
    refusals++;
    if (refusals <= SHOWN_REFUSALS) {
      String where = (terminal ? "\r" : "") + file + ":" + refused.line();
      err.printf("%s: %s: %s%n", where, refused.error(), Table.plain(refused.message()));
    }
  }

  private void summarise(Progress result, PrintWriter err) {
    if (terminal) {
      err.println();
    }
    if (refusals > SHOWN_REFUSALS) {
      err.printf("and %,d more%n", refusals - SHOWN_REFUSALS);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (connection.isJson()) {
      out.printf(
          "{\"accepted\":%d,\"duplicates\":%d,\"rejected\":%d}%n",
          result.accepted(), result.duplicates(), result.rejected());
    } else {
      out.println(result.counts());
    }
  }
}
