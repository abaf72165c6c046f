package io.busyhour.cli;

import io.busyhour.cli.calls.Call;
import io.busyhour.cli.calls.Calls;
import io.busyhour.cli.calls.Failures;
import io.busyhour.cli.calls.Timeline;
import io.busyhour.cli.calls.Worst;
import io.busyhour.cli.export.ExportCsv;
import io.busyhour.cli.export.ExportJson;
import io.busyhour.cli.figures.Cleanup;
import io.busyhour.cli.figures.Daily;
import io.busyhour.cli.figures.Dashboard;
import io.busyhour.cli.figures.Health;
import io.busyhour.cli.figures.Hourly;
import io.busyhour.cli.figures.Prometheus;
import io.busyhour.cli.figures.Zombies;
import io.busyhour.cli.remote.ServerProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 done, 1 the answer is bad, 2 the command is wrong or the server
 * did not answer.
 */
@Command(
    name = "busyhour",
    description = "The observability server for people who run phone calls.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Cli.Version.class)
public final class Cli implements Runnable {
  private static final int WRONG = 2;

  /** In the order of the help: what sends events, what shows them, what takes them away. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          Simulate.class,
          Send.class,
          Dashboard.class,
          Health.class,
          Hourly.class,
          Daily.class,
          Calls.class,
          Call.class,
          Timeline.class,
          Failures.class,
          Worst.class,
          Ledger.class,
          Zombies.class,
          Cleanup.class,
          Prometheus.class,
          ExportCsv.class,
          ExportJson.class);

  @Spec private CommandSpec spec;

  private Cli() {}

  /**
   * Runs one command.
   *
   * @param launch starts a server, for the commands that do
   * @return the exit code
   */
  public static int run(Launch launch, String... args) {
    // What is not ended by a line's end is not flushed by itself.
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    int exit = commandLine(launch).setOut(out).execute(args);
    out.flush();
    return exit;
  }

  static CommandLine commandLine(Launch launch) {
    CommandLine line = new CommandLine(new Cli());
    line.addSubcommand(
        "serve", starting(launch, Launch.Task.SERVE, "Runs a server until it is told to stop."));
    line.addSubcommand(
        "demo",
        starting(launch, Launch.Task.DEMO, "Runs a server and sends simulated traffic to it."));
    COMMANDS.forEach(line::addSubcommand);
    line.addSubcommand(
        "check-config",
        starting(launch, Launch.Task.CHECK, "Says whether a server would take its settings."));
    line.addSubcommand(new Token()).addSubcommand(new Completion());
    return line.registerConverter(Duration.class, Cli::duration)
        .setParameterExceptionHandler(Cli::usage)
        .setExecutionExceptionHandler(Cli::failed)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static CommandLine starting(Launch launch, Launch.Task task, String description) {
    CommandLine command = new CommandLine(new Start(launch, task));
    command.getCommandSpec().usageMessage().description(description);
    return command;
  }

  /** Without a command, says which there are. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static Duration duration(String text) {
    String iso = text.toUpperCase(Locale.ROOT);
    try {
      return Duration.parse(iso.endsWith("D") ? "P" + iso : "PT" + iso);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "\"%s\" (expected: a duration such as 30s, 5m or 2h)".formatted(text));
    }
  }

  private static int usage(ParameterException e, String... args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("busyhour: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.printf("Try: %s --help%n", command.getCommandSpec().qualifiedName());
    }
    return WRONG;
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    if (e instanceof ServerProblem problem) {
      command.getErr().println("busyhour: " + problem.getMessage());
      return WRONG;
    }
    throw e;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties build = new Properties();
      try (InputStream in = Cli.class.getResourceAsStream("/busyhour-build.properties")) {
        build.load(in);
      }
      return new String[] {
        "busyhour %s on Java %s".formatted(build.getProperty("version"), Runtime.version())
      };
    }
  }
}
