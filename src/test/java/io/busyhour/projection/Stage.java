package io.busyhour.projection;

import io.busyhour.boot.Folding;
import io.busyhour.boot.Folding.Collectors;
import io.busyhour.boot.Folding.Options;
import io.busyhour.instrument.Meters;
import io.busyhour.instrument.label.Contained;
import io.busyhour.journal.FaultyDatabase;
import io.busyhour.journal.HandClock;
import io.busyhour.projection.calls.JpaBook;
import io.busyhour.projection.calls.facts.Patience;
import io.busyhour.projection.change.CallChange;
import io.busyhour.projection.change.Change;
import io.busyhour.projection.meters.CampaignMetrics;
import io.busyhour.projection.meters.DialerMetrics;
import io.busyhour.projection.meters.Idle;
import io.busyhour.projection.meters.WebhookMetrics;
import io.busyhour.projection.meters.carrier.WorstCalls;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The whole projection, on a database in memory if no other is given, fed by hand. */
final class Stage implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final Idle IDLE = new Idle(Duration.ofHours(24), Duration.ofDays(30));
  static final int LIMIT = 1000;
  static final int STATSD_FAMILIES = 20;
  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final int FORGOTTEN_AT_ONCE = 7;
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  final ListJournal journal;
  final HandClock hand = new HandClock(NOON.plusSeconds(60));
  private final Clock clock = hand.clock();
  final FaultyDatabase database;
  private final EntityManagerFactory entities;
  final JpaBook book;
  private Meters meters;
  private Contained collectors;
  private Runner runner;
  private volatile String poison;
  final List<String> l2met = Collections.synchronizedList(new ArrayList<>());

  Stage() {
    this(new ListJournal(NOON), EmptyTables.inMemory());
  }

  /** One whose tables are created in that database. */
  Stage(DataSource source) {
    this(source, new ListJournal(NOON));
  }

  /** One that goes on with a journal where its database has come to. */
  Stage(DataSource source, ListJournal journal) {
    this(journal, EmptyTables.migrated(source));
  }

  private Stage(ListJournal journal, DataSource source) {
    this.journal = journal;
    database = new FaultyDatabase(source);
    entities = entities(database);
    book = new JpaBook(entities, Patience.of(SETTLE));
    start();
  }

  /** Another process on the database and the journal of this one. */
  private Stage(Stage other) {
    journal = other.journal;
    database = other.database;
    entities = entities(database);
    book = new JpaBook(entities, Patience.of(SETTLE));
    start();
  }

  Stage beside() {
    return new Stage(this);
  }

  /** From now on the event of this call cannot be taken in; null for none. */
  void poison(String callId) {
    poison = callId;
  }

  private final class Poison implements Fold {
    @Override
    public void on(Change changed) {
      if (changed instanceof CallChange change && change.after().callId().equals(poison)) {
        throw new IllegalStateException("poisoned, as the test wants it");
      }
    }
  }

  /** Begins to show figures, as a scrape does. */
  Runnable saving() {
    return runner.saving();
  }

  private static EntityManagerFactory entities(DataSource source) {
    return Persistence.createEntityManagerFactory(
        "busyhour", Map.of("jakarta.persistence.nonJtaDataSource", source));
  }

  private void start() {
    meters = Meters.create(LIMIT, clock);
    collectors = collectors(meters);
    List<Fold> folds = new ArrayList<>(folds(meters, collectors, clock, l2met::add));
    folds.add(new Poison());
    runner = new Runner(journal, book, meters, folds);
    runner.start();
  }

  /** The beans that count, in a container of their own. */
  static Contained collectors(Meters meters) {
    return Contained.of(meters, CampaignMetrics.class, WebhookMetrics.class, DialerMetrics.class);
  }

  /** Those that the server has. */
  static List<Fold> folds(Meters meters, Contained beans, Clock clock, Consumer<String> l2met) {
    Collectors collectors =
        new Collectors(
            beans.get(CampaignMetrics.class),
            beans.get(WebhookMetrics.class),
            beans.get(DialerMetrics.class));
    Options options =
        new Options(LIMIT, IDLE, new WorstCalls(clock), "web1", STATSD_FAMILIES, l2met);
    return Folding.folds(meters, collectors, options, clock);
  }

  /** A new process on the same database: everything in memory is gone. */
  void restart() {
    runner.close();
    collectors.close();
    entities.getCache().evictAll();
    start();
  }

  /** Waits until all that was received is in the figures. */
  void catchUp() {
    try {
      until(() -> runner.progress().isCaughtUp());
      until(() -> runner.progress().position() == journal.tip().position());
    } catch (AssertionError e) {
      throw new AssertionError("it stands at " + runner.progress(), e);
    }
  }

  /** Lets time pass for what waits, and waits until it is counted. */
  void pass(Duration time) {
    catchUp();
    journal.pass(time);
    quiet();
  }

  /** Waits until all that was received is counted, complete or not. */
  void settle() {
    pass(SETTLE.plusSeconds(1));
  }

  private void quiet() {
    until(
        () -> {
          try (Book.Page page = book.begin()) {
            return !page.isDue(journal.tip().time());
          }
        });
    // The batch that settled the last one is committed when the next scrape can be made.
    meters.alone(() -> {});
  }

  /** Deletes the rows that are done with and of which nothing was heard since, in small steps. */
  int forget(Instant before) {
    int all = 0;
    int done = FORGOTTEN_AT_ONCE;
    while (done == FORGOTTEN_AT_ONCE) {
      done = runner.forget(before, FORGOTTEN_AT_ONCE);
      all += done;
    }
    return all;
  }

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not reached within " + DEADLINE);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** What a scrape shows. */
  String scrape() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, meters.snapshots(name -> true, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  Progress progress() {
    return runner.progress();
  }

  @Override
  public void close() {
    runner.close();
    collectors.close();
    entities.close();
  }
}
