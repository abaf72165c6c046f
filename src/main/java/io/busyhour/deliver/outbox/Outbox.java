package io.busyhour.deliver.outbox;

import io.busyhour.deliver.Place;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.event.Delivery;
import io.busyhour.event.WebhookEvent.Queued;
import io.busyhour.journal.Entry;
import io.busyhour.journal.Journal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Reads the journal on a thread of its own and queues what is to be delivered. The deliveries of
 * some entries and the position after them are written in one transaction: a kill neither loses nor
 * doubles one. Of several processes on one database one reads at a time, by the position's lock.
 */
public final class Outbox implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());
  private static final int BATCH = 1_000;
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration NOBODY = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** Reads who wants to hear of what, within a transaction. */
  @FunctionalInterface
  public interface Subscribers {
    /** All of them, whatever their state. */
    List<Subscription> all(Connection transaction) throws SQLException;
  }

  private final DataSource database;
  private final Journal journal;
  private final Subscribers subscribers;
  private final LongSupplier readable;
  private final Function<String, Belonging> calls;
  private final InstantSource clock;
  private final Consumer<Set<String>> queued;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("outbox").daemon().unstarted(this::run);
  private volatile long position;
  private long reached;
  private boolean opened;
  private boolean nobody;

  /**
   * @param readable how far the journal may be read: to where the rows of calls are
   * @param calls whose a call is, by its id
   * @param queued told for which subscriptions something was queued, after the commit
   */
  public Outbox(
      DataSource database,
      Journal journal,
      Subscribers subscribers,
      LongSupplier readable,
      Function<String, Belonging> calls,
      InstantSource clock,
      Consumer<Set<String>> queued) {
    this.database = database;
    this.journal = journal;
    this.subscribers = subscribers;
    this.readable = readable;
    this.calls = calls;
    this.clock = clock;
    this.queued = queued;
  }

  /** Begins to read; returns at once. */
  public void start() {
    thread.start();
  }

  /** The last entry that was read; what is beyond it must not be deleted from the journal. */
  public long position() {
    return position;
  }

  private void run() {
    boolean failing = false;
    while (stop.getCount() > 0) {
      try {
        Set<String> ids = step();
        if (!ids.isEmpty()) {
          queued.accept(ids);
        }
        failing = false;
      } catch (InterruptedException e) {
        return; // asked to stop
      } catch (Throwable e) {
        // The edge of the thread. The journal keeps what is to be delivered.
        if (stop.getCount() > 0) {
          Level level = failing ? Level.DEBUG : Level.WARNING;
          LOG.log(level, "outgoing webhooks cannot be queued; tried again in " + RETRY, e);
        }
        failing = true;
        isStoppedWithin(RETRY);
      }
    }
  }

  private boolean isStoppedWithin(Duration pause) {
    try {
      return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true; // asked to stop
    }
  }

  /** Queues what some entries ask for; tells for which subscriptions. */
  private Set<String> step() throws InterruptedException, SQLException {
    if (nobody) {
      isStoppedWithin(NOBODY); // no hurry, and no work for the database
    }
    long after = position;
    long tip = journal.await(after, IDLE).position();
    if (tip > after && readable.getAsLong() <= after) {
      isStoppedWithin(LOOK); // until the rows have what the journal has
    }
    if (readable.getAsLong() <= after && opened) {
      return Set.of();
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Set<String> ids = take(connection);
        connection.commit();
        position = reached;
        opened = true;
        return ids;
      } catch (Throwable e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private Set<String> take(Connection connection) throws SQLException {
    long from = OutboxTable.lock(connection);
    long end = readable.getAsLong();
    Routing routing = new Routing(subscribers.all(connection), calls);
    if (routing.isEmpty() || from >= end) {
      // What nobody wants need not be read.
      reach(connection, from, Math.max(from, end));
      nobody = routing.isEmpty();
      return Set.of();
    }
    nobody = false;
    List<NewDelivery> deliveries = new ArrayList<>();
    long last = from;
    for (Entry entry : journal.read(from, BATCH)) {
      if (entry.position() > end) {
        break;
      }
      routing.route(entry, deliveries);
      last = entry.position();
    }
    if (!deliveries.isEmpty()) {
      queue(connection, deliveries);
    }
    reach(connection, from, last);
    return deliveries.stream().map(NewDelivery::subscriptionId).collect(Collectors.toSet());
  }

  private void reach(Connection connection, long from, long last) throws SQLException {
    if (last > from) {
      OutboxTable.move(connection, last);
    }
    reached = last;
  }

  /** Said first and written then: after a kill between the two it is said again, once in all. */
  private void queue(Connection connection, List<NewDelivery> deliveries) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Delivery> said = new ArrayList<>();
    for (NewDelivery one : deliveries) {
      Queued event = new Queued(one.deliveryId(), one.eventType(), one.partnerId());
      said.add(Said.of(one.deliveryId(), "queued", now, event));
    }
    journal.append(said);
    OutboxTable.insert(connection, deliveries, Place.microsOf(now));
  }

  /** Finishes what it is at, and ends. */
  @Override
  public void close() {
    stop.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(RETRY.multipliedBy(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
