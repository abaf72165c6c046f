package io.busyhour.deliver.work;

import io.busyhour.deliver.outbox.Belonging;
import io.busyhour.deliver.outbox.Lost;
import io.busyhour.deliver.outbox.Outbox;
import io.busyhour.deliver.outbox.Queue;
import io.busyhour.deliver.outbox.Said;
import io.busyhour.deliver.send.Sender;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.deliver.subscription.Subscription.State;
import io.busyhour.deliver.subscription.Subscriptions;
import io.busyhour.event.WebhookEvent.Worker;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Journal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** All that delivers, begun and ended together: the outbox, the dispatcher and the clean-up. */
public final class Webhooks implements AutoCloseable {
  private final Subscriptions subscriptions;
  private final Journal journal;
  private final InstantSource clock;
  private final WorkSettings settings;
  private final String worker;
  private final Sender sender;
  private final Queue queue;
  private final Lost lost;
  private final Dispatcher dispatcher;
  private final Outbox outbox;
  private final Instant begun;
  private volatile long size;

  /**
   * Begins with nothing under way; {@link #start} begins to deliver.
   *
   * @param readable how far the journal may be read: to where the rows of calls are
   * @param calls whose a call is, by its id
   * @param worker the id of this worker, of this process alone
   * @param limit how many series the gauge of the endpoints may have
   */
  public Webhooks(
      DataSource database,
      Journal journal,
      Subscriptions subscriptions,
      Sender sender,
      WorkSettings settings,
      InstantSource clock,
      LongSupplier readable,
      Function<String, Belonging> calls,
      String worker,
      Meters meters,
      int limit) {
    this.subscriptions = subscriptions;
    this.journal = journal;
    this.clock = clock;
    this.settings = settings;
    this.worker = worker;
    this.sender = sender;
    queue = new Queue(database);
    lost = new Lost(database, journal);
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    dispatcher =
        new Dispatcher(
            queue,
            subscriptions::all,
            sender,
            journal,
            settings,
            clock,
            random,
            worker,
            subscriptions::end);
    outbox =
        new Outbox(
            database, journal, subscriptions::all, readable, calls, clock, dispatcher::queued);
    begun = clock.instant();
    EndpointMetrics.register(meters, limit, dispatcher::states);
  }

  /** Begins to deliver; returns at once. */
  public void start() {
    subscriptions.onChange(dispatcher::changed);
    dispatcher.start();
    outbox.start();
  }

  /** The last journal entry that was looked at; those after it must not be deleted. */
  public long position() {
    return outbox.position();
  }

  /** How many deliveries wait, as of the last {@link #tidy}. */
  public long size() {
    return size;
  }

  /** How long the one that has been due for longest has been so, in seconds; 0 if none is. */
  public double oldestAgeSeconds() {
    Instant now = clock.instant();
    return dispatcher.states().stream()
        .map(EndpointState::oldestDue)
        .filter(due -> due != null)
        .mapToDouble(due -> Duration.between(due, now).toNanos() / 1e9)
        .max()
        .orElse(0);
  }

  /**
   * What has to be done every few seconds: tells that this worker lives, counts what waits, and
   * gives up what cannot be delivered any more.
   */
  public void tidy() {
    List<Subscription> all = subscriptions.all();
    if (!all.isEmpty()) {
      heartbeat();
    }
    try {
      size = queue.size();
      if (size > 0) {
        giveUp(all);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the outbox cannot be read", e);
    }
  }

  private void heartbeat() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    double uptime = Duration.between(begun, now).toNanos() / 1e9;
    // Its queue is asked for at each scrape.
    Worker alive = new Worker(worker, Math.max(0, uptime), null, null);
    journal.append(List.of(Said.of(worker, "alive:" + now, now, alive)));
  }

  private void giveUp(List<Subscription> all) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<String, State> states = new HashMap<>();
    all.forEach(one -> states.put(one.id(), one.state()));
    for (String id : lost.waitedFor()) {
      if (!states.containsKey(id)) {
        lost.giveUp(id, now, "deleted");
      } else if (states.get(id) == State.ENDED) {
        lost.giveUp(id, now, Results.GONE);
      }
    }
    lost.giveUpBefore(now.minus(settings.giveUpAfter()), now);
  }

  /** Finishes what is under way and ends. */
  @Override
  public void close() {
    outbox.close();
    dispatcher.close();
    sender.close();
  }
}
