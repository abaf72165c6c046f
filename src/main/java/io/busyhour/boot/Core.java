package io.busyhour.boot;

import io.busyhour.boot.Chores.Chore;
import io.busyhour.boot.log.OutputLines;
import io.busyhour.boot.settings.Configuration;
import io.busyhour.boot.settings.InvalidConfiguration;
import io.busyhour.boot.settings.Settings;
import io.busyhour.boot.settings.TokenFile;
import io.busyhour.http.Tokens;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal;
import io.busyhour.journal.JournalSettings;
import io.busyhour.journal.OldEntries;
import io.busyhour.journal.SqlJournal;
import io.busyhour.poll.PollSettings;
import io.busyhour.poll.Poller;
import io.busyhour.projection.Fold;
import io.busyhour.projection.Progress;
import io.busyhour.projection.Runner;
import io.busyhour.projection.calls.JpaBook;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.calls.history.CallExport;
import io.busyhour.projection.meters.Idle;
import io.busyhour.projection.meters.LedgerMetrics;
import io.busyhour.projection.meters.ProgressMetrics;
import io.busyhour.projection.meters.StaleMetrics;
import io.busyhour.projection.meters.carrier.WorstCalls;
import io.busyhour.projection.reaper.Reaper;
import io.busyhour.projection.windows.rollup.Rollups;
import io.busyhour.receive.Receiver;
import io.busyhour.receive.statsd.StatsdListener;
import io.busyhour.receive.statsd.StatsdSettings;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** Everything behind the doors, opened in order and closed in reverse. */
final class Core implements AutoCloseable {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_REAPED = 10_000;

  private final Configuration configuration;
  private final Tokens tokens;
  private final Database database;
  private final Meters meters;
  private final Journal journal;
  private final EntityManagerFactory entities;
  private final JpaBook book;
  private final Clock clock;
  private final WorstCalls worst;
  private final OutputLines output;
  private volatile Runner runner;
  private volatile Chores chores;
  private volatile StatsdListener statsd;
  private final Optional<Poller> poller;
  private final Outgoing outgoing;

  private Core(
      Configuration configuration,
      Tokens tokens,
      Database database,
      Meters meters,
      Journal journal,
      Clock clock) {
    this.configuration = configuration;
    this.tokens = tokens;
    this.database = database;
    this.meters = meters;
    this.journal = journal;
    this.clock = clock;
    entities =
        Persistence.createEntityManagerFactory(
            "busyhour", Map.of("jakarta.persistence.nonJtaDataSource", database.dataSource()));
    worst = new WorstCalls(clock);
    book = new JpaBook(entities, patience(configuration));
    poller = pollSettings(configuration).map(s -> new Poller(s, journal, clock));
    outgoing = new Outgoing(configuration, database.dataSource(), clock);
    output = configuration.get(Settings.L2MET_EMIT) ? new OutputLines(System.out) : null;
    int limit = configuration.get(Settings.CARDINALITY_LIMIT);
    new LedgerMetrics(meters, journal);
    new StaleMetrics(meters, book, configuration.get(Settings.STALE_AFTER), limit, clock);
  }

  /** Begins to read the journal: once, when the container has made the beans that count. */
  void project(Folding.Collectors collectors) {
    List<Fold> folds = Folding.folds(meters, collectors, options(), clock);
    Runner begun = new Runner(journal, book, meters, folds);
    new ProgressMetrics(meters, journal, begun::progress, clock);
    runner = begun;
    begun.start();
    poller.ifPresent(Poller::start);
    String worker = hostName() + ":" + configuration.get(Settings.PORT);
    LongSupplier readable = () -> begun.progress().position();
    outgoing.start(journal, book, readable, worker, meters, collectors.webhooks());
    List<Chore> all = new ArrayList<>(outgoing.chores());
    all.add(new Chore("reaper", MINUTE, stop -> reap()));
    all.add(new Chore("retention", MINUTE, retention(begun)));
    chores = new Chores(all);
  }

  private void reap() {
    try {
      reaper().reap(configuration.get(Settings.REAP_AFTER), MOST_REAPED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // asked to stop: the next start goes on
    }
  }

  private Retention retention(Runner begun) {
    return new Retention(
        new OldEntries(database.dataSource()),
        begun,
        () -> Math.min(begun.progress().position(), outgoing.position()),
        configuration.get(Settings.RETENTION_EVENTS),
        configuration.get(Settings.RETENTION_CALLS),
        clock);
  }

  private static Optional<PollSettings> pollSettings(Configuration configuration) {
    return configuration
        .find(Settings.TWILIO_ACCOUNT)
        .map(
            account ->
                new PollSettings(
                    account,
                    configuration.get(Settings.TWILIO_TOKENS),
                    configuration.get(Settings.TWILIO_INTERVAL),
                    configuration.get(Settings.TWILIO_USAGE_START),
                    configuration.get(Settings.TWILIO_BASE_URL)));
  }

  /** Opens the doors that are not the container's: once, when it has opened its own. */
  void listen() {
    Optional<Integer> port = configuration.find(Settings.STATSD_PORT);
    if (port.isEmpty()) {
      return;
    }
    String host = configuration.get(Settings.STATSD_HOST);
    Duration flush = configuration.get(Settings.STATSD_FLUSH);
    try {
      statsd =
          StatsdListener.open(
              new StatsdSettings(host, port.get(), flush), new Receiver(journal, clock));
    } catch (IOException e) {
      throw new InvalidConfiguration(
          List.of(
              ("busyhour.statsd.port: \"%d\" cannot be listened on at %s: %s"
                      + " (expected: a port that is free for UDP and TCP; 0 takes any)")
                  .formatted(port.get(), host, e.getMessage())));
    }
  }

  /** Where StatsD is listened for, if it is. */
  OptionalInt statsdPort() {
    return statsd == null ? OptionalInt.empty() : OptionalInt.of(statsd.port());
  }

  private static Patience patience(Configuration configuration) {
    return Patience.of(
        configuration.get(Settings.SETTLE),
        configuration.get(Settings.TIMER_TIMEOUT),
        configuration.get(Settings.SERIES_IDLE));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  private Folding.Options options() {
    return new Folding.Options(
        configuration.get(Settings.CARDINALITY_LIMIT),
        new Idle(configuration.get(Settings.SERIES_IDLE), configuration.get(Settings.COUNTER_IDLE)),
        worst,
        hostName(),
        configuration.get(Settings.STATSD_MAX_FAMILIES),
        output);
  }

  static Core open(Configuration configuration, Clock clock) {
    Tokens tokens = configuration.find(Settings.TOKENS).map(TokenFile::read).orElse(Tokens.none());
    Database database = database(configuration);
    Journal journal = null;
    try {
      int limit = configuration.get(Settings.CARDINALITY_LIMIT);
      Meters meters = Meters.create(limit, clock);
      // A source has a series for each of three results.
      JournalSettings settings = JournalSettings.DEFAULT.withMaxSources(limit / 3 + 1);
      journal = new SqlJournal(database.dataSource(), settings, meters, clock);
      return new Core(configuration, tokens, database, meters, journal, clock);
    } catch (RuntimeException e) {
      if (journal != null) {
        journal.close();
      }
      database.close();
      throw e;
    }
  }

  private static Database database(Configuration configuration) {
    try {
      return Database.open(
          configuration.get(Settings.DATABASE_URL),
          configuration.find(Settings.DATABASE_USER).orElse(null),
          configuration.find(Settings.DATABASE_PASSWORD).orElse(null));
    } catch (IllegalArgumentException e) {
      throw new InvalidConfiguration(List.of(e.getMessage()));
    }
  }

  Configuration configuration() {
    return configuration;
  }

  Clock clock() {
    return clock;
  }

  Tokens tokens() {
    return tokens;
  }

  Meters meters() {
    return meters;
  }

  Journal journal() {
    return journal;
  }

  JpaBook book() {
    return book;
  }

  Rollups rollups() {
    return new Rollups(database.dataSource());
  }

  Reaper reaper() {
    return new Reaper(journal, book, runner::progress, clock);
  }

  WorstCalls worstCalls() {
    return worst;
  }

  CallExport callExport() {
    return new CallExport(database.dataSource());
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  Outgoing outgoing() {
    return outgoing;
  }

  Runner runner() {
    return runner;
  }

  /** Why figures cannot be shown yet, or nothing. */
  Optional<String> whatIsMissing() {
    Progress progress = runner.progress();
    if (progress.isCaughtUp()) {
      return Optional.empty();
    }
    long behind = journal.tip().position() - progress.position();
    return Optional.of(
        "The figures are not complete yet: %d journal entries are still to be read."
            .formatted(behind));
  }

  /** What was accepted is written, what was begun is finished, then the database is let go. */
  @Override
  public void close() {
    if (statsd != null) {
      statsd.close();
    }
    poller.ifPresent(Poller::close);
    if (chores != null) {
      chores.close();
    }
    outgoing.close();
    journal.close();
    if (runner != null) {
      runner.close();
    }
    if (output != null) {
      output.close();
    }
    entities.close();
    database.close();
  }
}
