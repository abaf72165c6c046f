package io.busyhour.boot;

import io.busyhour.boot.Chores.Chore;
import io.busyhour.boot.settings.Configuration;
import io.busyhour.boot.settings.Settings;
import io.busyhour.boot.settings.WebhookSettings;
import io.busyhour.deliver.letters.OldDeliveries;
import io.busyhour.deliver.outbox.Belonging;
import io.busyhour.deliver.send.HttpSender;
import io.busyhour.deliver.send.SendSettings;
import io.busyhour.deliver.send.Targets;
import io.busyhour.deliver.subscription.Subscriptions;
import io.busyhour.deliver.work.Webhooks;
import io.busyhour.deliver.work.WorkSettings;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal;
import io.busyhour.projection.Book;
import io.busyhour.projection.meters.WebhookMetrics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** The outgoing webhooks, as they are configured. */
final class Outgoing implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Configuration configuration;
  private final DataSource database;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final Targets targets;
  private volatile Webhooks webhooks;

  Outgoing(Configuration configuration, DataSource database, Clock clock) {
    this.configuration = configuration;
    this.database = database;
    this.clock = clock;
    subscriptions =
        new Subscriptions(
            database,
            new SecureRandom(),
            clock,
            configuration.get(WebhookSettings.ROTATION_OVERLAP));
    targets = new Targets(sending());
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  Targets targets() {
    return targets;
  }

  /**
   * Begins to deliver.
   *
   * @param readable how far the rows are in the journal
   * @param worker this worker's id
   */
  void start(
      Journal journal,
      Book book,
      LongSupplier readable,
      String worker,
      Meters meters,
      WebhookMetrics metrics) {
    Webhooks begun =
        new Webhooks(
            database,
            journal,
            subscriptions,
            new HttpSender(sending()),
            working(),
            clock,
            readable,
            callId -> belonging(book, callId),
            worker,
            meters,
            configuration.get(Settings.CARDINALITY_LIMIT));
    metrics.addQueue(() -> new WebhookMetrics.Queue(begun.size(), begun.oldestAgeSeconds()));
    webhooks = begun;
    begun.start();
  }

  private static Belonging belonging(Book book, String callId) {
    return book.call(callId)
        .map(call -> new Belonging(call.beginning().account(), call.beginning().trunk()))
        .orElse(Belonging.UNKNOWN);
  }

  /** The last journal entry that was looked at; those after it must not be deleted. */
  long position() {
    return webhooks.position();
  }

  List<Chore> chores() {
    return List.of(
        new Chore("webhooks", HEARTBEAT, stop -> webhooks.tidy()),
        new Chore("old deliveries", MINUTE, this::forget));
  }

  private void forget(Chores.Stop stop) {
    OldDeliveries old =
        new OldDeliveries(
            database,
            configuration.get(WebhookSettings.KEEP_DELIVERED),
            configuration.get(WebhookSettings.DEAD_LETTER_EXPIRY),
            clock);
    Retention.inSteps(() -> old.delete(Retention.ROWS), Retention.ROWS, System::nanoTime, stop);
  }

  private SendSettings sending() {
    return new SendSettings(
        configuration.get(WebhookSettings.TIMEOUT),
        configuration.get(WebhookSettings.ALLOW_PRIVATE),
        configuration.find(WebhookSettings.ALLOW).orElse(List.of()),
        configuration.get(WebhookSettings.CONCURRENCY));
  }

  private WorkSettings working() {
    return new WorkSettings(
        configuration.get(WebhookSettings.SCHEDULE),
        configuration.get(WebhookSettings.JITTER),
        configuration.get(WebhookSettings.MAX_ATTEMPTS),
        configuration.get(WebhookSettings.LEASE),
        configuration.get(WebhookSettings.CONCURRENCY),
        configuration.get(WebhookSettings.PER_PARTNER),
        configuration.get(WebhookSettings.TIMEOUT),
        configuration.get(WebhookSettings.GIVE_UP_AFTER));
  }

  /** Finishes what is under way. */
  @Override
  public void close() {
    if (webhooks != null) {
      webhooks.close();
    }
    targets.close();
  }
}
