package io.busyhour.cli;

import io.busyhour.cli.remote.Server;
import io.busyhour.cli.remote.ServerProblem;
import io.busyhour.cli.simulate.Order;
import io.busyhour.cli.simulate.Simulation;
import io.busyhour.cli.simulate.Totals;
import io.busyhour.cli.simulate.incident.Incident;
import io.busyhour.cli.simulate.incident.Trouble;
import io.busyhour.cli.terminal.Connection;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code simulate}. */
@Command(
    name = "simulate",
    description =
        "Sends believable traffic to a server: calls and messages of eight campaigns on five"
            + " trunks, with duplicates, late and overtaken events. The same --seed and --at give"
            + " the same events.")
final class Simulate implements Callable<Integer> {
  private static final int MAX_BATCH = 10_000;
  private static final long STOPPING_SECONDS = 10;

  @Spec private CommandSpec spec;
  @Mixin private Connection connection;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "events a second in the busy hour (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--for",
      defaultValue = "365d",
      paramLabel = "<time>",
      description = "how long, such as 30s, 5m or 2h (default: until Ctrl-C)")
  private Duration length;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "what chance begins with (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--at",
      paramLabel = "<instant>",
      description = "when it happens, such as 2026-11-20T10:00:00Z (default: now)")
  private Instant at;

  @Option(
      names = "--day",
      defaultValue = "24h",
      paramLabel = "<time>",
      description =
          "how long a simulated day takes; it begins with the busy hour (default:"
              + " ${DEFAULT-VALUE})")
  private Duration day;

  @Option(
      names = "--history",
      defaultValue = "0s",
      paramLabel = "<time>",
      description = "traffic of so much time before is sent at once (default: ${DEFAULT-VALUE})")
  private Duration history;

  @Option(
      names = "--fast",
      description = "send as fast as the server takes it; --for is then time in the simulation")
  private boolean fast;

  @Option(
      names = "--batch",
      defaultValue = "500",
      description = "at most so many events in a request (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--incident",
      paramLabel = "<name>",
      converter = Word.class,
      completionCandidates = Words.class,
      description = "what goes wrong for a while: ${COMPLETION-CANDIDATES}")
  private Incident incident;

  @Option(
      names = "--incident-after",
      defaultValue = "5m",
      paramLabel = "<time>",
      description = "how long before it does (default: ${DEFAULT-VALUE})")
  private Duration incidentAfter;

  @Option(
      names = "--incident-for",
      defaultValue = "30m",
      paramLabel = "<time>",
      description = "how long it goes on (default: ${DEFAULT-VALUE})")
  private Duration incidentLength;

  @Override
  public Integer call() throws InterruptedException {
    Order order = order();
    Server server = connection.server();
    PrintWriter out = spec.commandLine().getOut();
    Simulation simulation =
        new Simulation(
            order,
            new Simulation.Manner(batch, fast),
            server,
            totals -> say(out, "%s%n", totals.line()));
    say(
        out,
        "simulating to %s; the same again: --seed %d --at %s%n",
        server.url(),
        order.seed(),
        order.start());
    if (incident != null) {
      Instant from = order.start().plus(incidentAfter);
      say(
          out,
          "%s from %s to %s: %s%n",
          incident.word(),
          from,
          from.plus(incidentLength),
          incident.description());
    }
    CountDownLatch told = new CountDownLatch(1);
    Thread interrupted = Thread.ofPlatform().unstarted(() -> stop(simulation, told));
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      return sum(simulation.run(), out);
    } catch (ServerProblem e) {
      sum(simulation.totals(), out);
      throw e;
    } finally {
      told.countDown();
    }
  }

  private Order order() {
    if (batch < 1 || batch > MAX_BATCH) {
      throw wrong("--batch: %d (expected: 1 to %d)".formatted(batch, MAX_BATCH));
    }
    if (incidentAfter.isNegative()) {
      throw wrong("--incident-after: %s (expected: not negative)".formatted(incidentAfter));
    }
    if (incidentLength.isNegative() || incidentLength.isZero()) {
      throw wrong("--incident-for: %s (expected: longer than nothing)".formatted(incidentLength));
    }
    Instant now = Instant.now();
    // Sent fast, the whole of it happened already.
    Instant begin = at != null ? at : fast && length.toDays() < 1 ? now.minus(length) : now;
    Instant start = begin.truncatedTo(ChronoUnit.MILLIS);
    Trouble trouble =
        incident == null
            ? Trouble.NONE
            : Trouble.of(incident, start.plus(incidentAfter), incidentLength);
    try {
      return new Order(seed, start, length, rate, day, history, trouble);
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Ctrl-C: the process may end once the totals are told. */
  private static void stop(Simulation simulation, CountDownLatch told) {
    simulation.stop();
    try {
      told.await(STOPPING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(PrintWriter out, String format, Object... values) {
    if (!connection.isJson()) {
      out.printf(format, values);
      out.flush();
    }
  }

  private int sum(Totals totals, PrintWriter out) {
    say(out, "%s%n", totals.line());
    if (connection.isJson()) {
      out.printf(
          "{\"seconds\":%.3f,\"sent\":%d,\"accepted\":%d,\"duplicates\":%d,\"rejected\":%d}%n",
          totals.elapsed().toMillis() / 1_000.0,
          totals.sent(),
          totals.accepted(),
          totals.duplicates(),
          totals.rejected());
      out.flush();
    }
    if (totals.rejected() == 0) {
      return 0;
    }
    spec.commandLine().getErr().println("busyhour: rejected, first: " + totals.firstRejection());
    return 1;
  }

  /** The words by which people call incidents. */
  static final class Words implements Iterable<String> {
    private static final List<String> ALL =
        Arrays.stream(Incident.values()).map(Incident::word).toList();

    @Override
    public Iterator<String> iterator() {
      return ALL.iterator();
    }
  }

  /** Reads such a word. */
  static final class Word implements ITypeConverter<Incident> {
    @Override
    public Incident convert(String word) {
      return Incident.named(word)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\"%s\" (expected: one of %s)"
                          .formatted(word, String.join(", ", Words.ALL))));
    }
  }
}
