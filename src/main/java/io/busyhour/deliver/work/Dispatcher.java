package io.busyhour.deliver.work;

import io.busyhour.deliver.outbox.Done;
import io.busyhour.deliver.outbox.Done.Again;
import io.busyhour.deliver.outbox.Done.Dead;
import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.outbox.Queue;
import io.busyhour.deliver.send.Answer;
import io.busyhour.deliver.send.Sender;
import io.busyhour.deliver.subscription.Subscription;
import io.busyhour.deliver.work.Floor.Begun;
import io.busyhour.deliver.work.Results.Judged;
import io.busyhour.journal.Journal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Takes what is due and has it attempted, each attempt on a virtual thread: as many at a time as
 * there may be in all, of a partner, and of an endpoint by how it goes with it. One thread takes;
 * whoever ends an attempt begins the next.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
  // What other processes do is not told: it is looked for.
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration TAKEN_BY_OTHERS = Duration.ofMillis(50);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** Reads who is delivered to. */
  @FunctionalInterface
  public interface Subscribers {
    /** All of them, whatever their state. */
    List<Subscription> all() throws SQLException;
  }

  private final Queue queue;
  private final Subscribers subscribers;
  private final Sender sender;
  private final WorkSettings settings;
  private final Schedule schedule;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Consumer<String> gone;
  private final Results results;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by the lock.
  private final Floor floor;
  private Instant rereadAt = Instant.MIN;
  private boolean woken;
  private boolean stopping;

  /**
   * Begins with nobody; {@link #start} begins to deliver.
   *
   * @param worker the worker's id
   * @param gone told the id of a subscription whose endpoint is gone
   */
  public Dispatcher(
      Queue queue,
      Subscribers subscribers,
      Sender sender,
      Journal journal,
      WorkSettings settings,
      InstantSource clock,
      RandomGenerator random,
      String worker,
      Consumer<String> gone) {
    this.queue = queue;
    this.subscribers = subscribers;
    this.sender = sender;
    this.settings = settings;
    this.schedule = new Schedule(settings);
    this.clock = clock;
    this.random = random;
    this.gone = gone;
    this.floor = new Floor(settings);
    this.results = new Results(journal, queue, worker, this::written);
    this.thread = Thread.ofPlatform().name("webhooks").daemon().unstarted(this::run);
  }

  /** Begins to deliver; returns at once. */
  public void start() {
    thread.start();
  }

  /** Tells that something was queued for these subscriptions. */
  public void queued(Set<String> subscriptionIds) {
    wake(() -> subscriptionIds.forEach(id -> floor.queued(id, Instant.MIN)));
  }

  /** Tells that subscriptions or deliveries were changed from outside. */
  public void changed() {
    wake(() -> rereadAt = Instant.MIN);
  }

  private void wake(Runnable action) {
    lock.lock();
    try {
      action.run();
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How it goes with the endpoints; for any thread. */
  public List<EndpointState> states() {
    lock.lock();
    try {
      Instant now = clock.instant();
      return floor.endpoints().stream().map(endpoint -> endpoint.state(now)).toList();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean failing = false;
    while (true) {
      try {
        if (!await()) {
          return;
        }
        refresh();
        dropAll();
        takeAll();
        failing = false;
      } catch (InterruptedException e) {
        return; // asked to stop
      } catch (Throwable e) {
        // The edge of the thread. What is due stays due.
        Level level = failing ? Level.DEBUG : Level.WARNING;
        LOG.log(level, "webhooks cannot be taken from the outbox; tried again", e);
        failing = true;
        changed();
        if (isStoppedWithin(RETRY)) {
          return;
        }
      }
    }
  }

  /** Waits whatever is told meanwhile: who fails at once would fail again all the time. */
  private boolean isStoppedWithin(Duration pause) {
    lock.lock();
    try {
      long nanos = pause.toNanos();
      while (!stopping && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return stopping;
    } catch (InterruptedException e) {
      return true; // asked to stop
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to do; false when there will be no more. */
  private boolean await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Instant next = floor.nextLook(now, now.plus(LOOK));
      long nanos = next.isAfter(now) ? Duration.between(now, next).toNanos() : 0;
      while (!stopping && !woken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  /** Reads who is delivered to, now and then: other processes do not tell what they change. */
  private void refresh() throws SQLException {
    Instant now = clock.instant();
    if (!isTimeToReread(now)) {
      return;
    }
    List<Subscription> all = subscribers.all();
    lock.lock();
    try {
      floor.refresh(all);
    } finally {
      lock.unlock();
    }
  }

  /** What changes while it is read is told after this, and is not forgotten. */
  private boolean isTimeToReread(Instant now) {
    lock.lock();
    try {
      // A clock that is put back does not make it wait for longer.
      boolean early = now.isBefore(rereadAt) && rereadAt.isBefore(now.plus(LOOK).plus(LOOK));
      rereadAt = early ? rereadAt : now.plus(LOOK);
      return !early;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what was taken and will not be attempted soon. */
  private void dropAll() throws SQLException {
    List<Due> dropped = new ArrayList<>();
    lock.lock();
    try {
      Instant now = clock.instant();
      floor.endpoints().forEach(endpoint -> dropped.addAll(endpoint.drop(now)));
    } finally {
      lock.unlock();
    }
    if (!dropped.isEmpty()) {
      queue.giveBack(dropped);
    }
  }

  private void takeAll() throws SQLException {
    for (Endpoint endpoint : endpoints()) {
      int wanted;
      lock.lock();
      try {
        wanted = endpoint.wanted(clock.instant());
        if (wanted > 0) {
          endpoint.looking();
        }
      } finally {
        lock.unlock();
      }
      if (wanted > 0) {
        take(endpoint, wanted);
      }
      start(endpoint);
    }
  }

  private List<Endpoint> endpoints() {
    lock.lock();
    try {
      return List.copyOf(floor.endpoints());
    } finally {
      lock.unlock();
    }
  }

  private void take(Endpoint endpoint, int wanted) throws SQLException {
    String id = endpoint.subscription().id();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Due> taken = queue.take(id, now, now.plus(settings.lease()), wanted);
    Instant next = taken.size() == wanted ? Instant.MIN : next(id, now);
    lock.lock();
    try {
      endpoint.add(taken, now, next);
    } finally {
      lock.unlock();
    }
  }

  private Instant next(String subscriptionId, Instant now) throws SQLException {
    Instant due = queue.nextDue(subscriptionId);
    if (due == null) {
      return Instant.MAX;
    }
    // Due and not to be had: another process is taking it.
    return due.isAfter(now) ? due : now.plus(TAKEN_BY_OTHERS);
  }

  private void start(Endpoint endpoint) {
    lock.lock();
    try {
      floor.begin(endpoint, clock.instant()).forEach(this::start);
    } finally {
      lock.unlock();
    }
  }

  private void start(Begun begun) {
    Thread.ofVirtual().name("webhook").start(() -> attempt(begun));
  }

  private void attempt(Begun begun) {
    Answer answer = send(begun);
    try {
      judge(begun.due(), answer);
    } finally {
      ended(begun, answer);
    }
  }

  private Answer send(Begun begun) {
    Due due = begun.due();
    try {
      return sender.send(begun.subscription(), due.deliveryId(), due.payload());
    } catch (Throwable e) {
      // What fails here each time must be given up in the end, too.
      LOG.log(Level.WARNING, "an attempt to deliver a webhook broke off", e);
      return Answer.broken();
    }
  }

  private void judge(Due due, Answer answer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Attempt attempt = new Attempt(due, answer, now);
    int attempts = attempt.number() - due.spent();
    Duration age = Duration.between(due.wantedAt(), now);
    Verdict verdict = Verdict.of(answer, attempts, age, settings, schedule, random);
    results.add(new Judged(attempt, verdict));
  }

  /** Its place is free, whatever happened. */
  private void ended(Begun begun, Answer answer) {
    Instant now = clock.instant();
    lock.lock();
    try {
      List<Begun> next = floor.ended(begun.endpoint(), answer, now);
      next.forEach(this::start);
      if (stopping || begun.endpoint().wanted(now) > 0 || next.isEmpty()) {
        woken = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void written(List<Done> done) {
    for (Done one : done) {
      if (one.fate() instanceof Again again) {
        wake(() -> floor.queued(one.due().subscriptionId(), again.dueAt()));
      } else if (one.fate() instanceof Dead dead && dead.reason().equals(Results.GONE)) {
        gone.accept(one.due().subscriptionId());
      }
    }
  }

  /** Waits for the attempts that are under way, writes what became of them, and ends. */
  @Override
  public void close() {
    wake(
        () -> {
          stopping = true;
          floor.stop();
        });
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join(LOOK);
      }
      awaitIdle();
      results.close();
      queue.giveBack(everythingTaken());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "what was taken is due again when its leases are over", e);
    }
  }

  private void awaitIdle() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = settings.timeout().plus(MARGIN).toNanos();
      while (!floor.isIdle() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Due> everythingTaken() {
    lock.lock();
    try {
      return floor.endpoints().stream().flatMap(e -> e.dropAll().stream()).toList();
    } finally {
      lock.unlock();
    }
  }
}
