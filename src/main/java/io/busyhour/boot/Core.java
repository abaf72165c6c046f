package io.busyhour.boot;

import io.busyhour.boot.log.OutputLines;
import io.busyhour.boot.settings.Configuration;
import io.busyhour.boot.settings.InvalidConfiguration;
import io.busyhour.boot.settings.Settings;
import io.busyhour.boot.settings.TokenFile;
import io.busyhour.http.Tokens;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal;
import io.busyhour.journal.JournalSettings;
import io.busyhour.journal.SqlJournal;
import io.busyhour.projection.Fold;
import io.busyhour.projection.Progress;
import io.busyhour.projection.Runner;
import io.busyhour.projection.calls.JpaBook;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.meters.CampaignFold;
import io.busyhour.projection.meters.CampaignMetrics;
import io.busyhour.projection.meters.DialerMetrics;
import io.busyhour.projection.meters.JournalFold;
import io.busyhour.projection.meters.LedgerMetrics;
import io.busyhour.projection.meters.ProgressMetrics;
import io.busyhour.projection.meters.RowsFold;
import io.busyhour.projection.meters.SeriesStore;
import io.busyhour.projection.meters.StaleMetrics;
import io.busyhour.projection.meters.TwilioFold;
import io.busyhour.projection.meters.VoiceFold;
import io.busyhour.projection.meters.WebhookMetrics;
import io.busyhour.projection.meters.dialer.CallerSessions;
import io.busyhour.projection.meters.dialer.DialerFold;
import io.busyhour.projection.meters.dialer.L2metFold;
import io.busyhour.projection.meters.webhook.DeliveryFold;
import io.busyhour.projection.meters.webhook.WorkersFold;
import io.busyhour.projection.windows.WindowsFold;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything behind the doors, opened in order and closed in reverse. */
final class Core implements AutoCloseable {
  private static final Duration IDLE = Duration.ofDays(1);

  private final Configuration configuration;
  private final Tokens tokens;
  private final Database database;
  private final Meters meters;
  private final Journal journal;
  private final EntityManagerFactory entities;
  private final JpaBook book;
  private final Runner runner;
  private final OutputLines output;

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
    int limit = configuration.get(Settings.CARDINALITY_LIMIT);
    entities =
        Persistence.createEntityManagerFactory(
            "busyhour", Map.of("jakarta.persistence.nonJtaDataSource", database.dataSource()));
    book = new JpaBook(entities, patience(configuration));
    output = configuration.get(Settings.L2MET_EMIT) ? new OutputLines(System.out) : null;
    runner = new Runner(journal, book, meters, folds(limit, clock));
    new LedgerMetrics(meters, journal);
    new ProgressMetrics(meters, journal, runner::progress, clock);
    new StaleMetrics(meters, book, configuration.get(Settings.STALE_AFTER), limit, clock);
  }

  private static Patience patience(Configuration configuration) {
    return Patience.of(
        configuration.get(Settings.SETTLE), configuration.get(Settings.TIMER_TIMEOUT), IDLE);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that does not know its own name
    }
  }

  /** The series come first: what they restore, the others may add to. */
  private List<Fold> folds(int limit, Clock clock) {
    DialerMetrics dialer = new DialerMetrics(meters);
    CallerSessions sessions = new CallerSessions(meters, limit);
    WebhookMetrics webhooks = new WebhookMetrics(meters);
    List<Fold> folds = new ArrayList<>();
    Collections.addAll(
        folds,
        new SeriesStore(meters),
        new CampaignFold(new CampaignMetrics(meters), meters),
        new VoiceFold(meters),
        new TwilioFold(meters),
        new JournalFold(meters),
        new RowsFold(meters, limit),
        new WindowsFold(meters, limit, clock),
        new DialerFold(dialer),
        sessions,
        new DeliveryFold(webhooks),
        new WorkersFold(webhooks, meters, clock));
    if (output != null) {
      folds.add(new L2metFold(hostName(), dialer, sessions, output));
    }
    return folds;
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
      journal = new SqlJournal(database.dataSource(), settings, meters);
      Core core = new Core(configuration, tokens, database, meters, journal, clock);
      core.runner.start();
      return core;
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
    journal.close();
    runner.close();
    if (output != null) {
      output.close();
    }
    entities.close();
    database.close();
  }
}
