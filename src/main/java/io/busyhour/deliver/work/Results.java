package io.busyhour.deliver.work;

import io.busyhour.deliver.outbox.Done;
import io.busyhour.deliver.outbox.Done.Again;
import io.busyhour.deliver.outbox.Done.Dead;
import io.busyhour.deliver.outbox.Done.Delivered;
import io.busyhour.deliver.outbox.Due;
import io.busyhour.deliver.outbox.Queue;
import io.busyhour.deliver.outbox.Said;
import io.busyhour.event.Delivery;
import io.busyhour.event.WebhookEvent.Attempted;
import io.busyhour.event.WebhookEvent.Result;
import io.busyhour.journal.Journal;
import io.busyhour.journal.JournalUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Journals what became of attempts and writes it to the outbox, many at a time, on a thread of its
 * own. It is journaled first: a kill between the two makes the attempt once more, and it is counted
 * once. What cannot be written is tried again until the leases are over and somebody else delivers.
 */
final class Results implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Results.class.getName());

  /** Why deliveries are dead to an endpoint that answers 410. */
  static final String GONE = "gone";

  // Also how many may wait: what was answered and is not written is sent again after a kill.
  private static final int MOST = 64;
  private static final Duration RETRY = Duration.ofSeconds(1);
  // So often it looks whether it is to end.
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration CLOSE = Duration.ofSeconds(10);

  /** An attempt and what follows from it. */
  record Judged(Attempt attempt, Verdict verdict) {}

  private final Journal journal;
  private final Queue queue;
  private final String worker;
  private final Consumer<List<Done>> written;
  private final BlockingQueue<Judged> waiting = new LinkedBlockingQueue<>(MOST);
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * @param worker the worker's id, in what is journaled
   * @param written told what was written
   */
  Results(Journal journal, Queue queue, String worker, Consumer<List<Done>> written) {
    this.journal = journal;
    this.queue = queue;
    this.worker = worker;
    this.written = written;
    thread = Thread.ofPlatform().name("webhook-results").daemon().start(this::run);
  }

  /** Takes in a result; waits while many wait already. */
  void add(Judged result) {
    try {
      waiting.put(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody interrupts an attempt; it would be made again
    }
  }

  private void run() {
    boolean failing = false;
    List<Judged> group = new ArrayList<>();
    while (!(stopping && waiting.isEmpty() && group.isEmpty())) {
      try {
        if (group.isEmpty()) {
          gather(group);
        }
        if (!group.isEmpty()) {
          write(group);
          group.clear();
        }
        failing = false;
      } catch (InterruptedException e) {
        return; // asked to stop
      } catch (Throwable e) {
        // The edge of the thread.
        Level level = failing ? Level.DEBUG : Level.WARNING;
        LOG.log(level, "results of webhooks cannot be written; tried again in " + RETRY, e);
        failing = true;
        if (stopping) {
          return; // they are due again when their leases are over
        }
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private void gather(List<Judged> group) throws InterruptedException {
    Judged first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      group.add(first);
      waiting.drainTo(group, MOST - 1);
    }
  }

  private void write(List<Judged> group) throws SQLException {
    try {
      journal.append(group.stream().map(this::said).toList());
    } catch (JournalUnavailable e) {
      throw new SQLException("what became of attempts cannot be journaled", e);
    }
    List<Done> done = group.stream().map(Results::done).toList();
    queue.write(done);
    written.accept(done);
  }

  private Delivery said(Judged one) {
    Attempt attempt = one.attempt();
    Due due = attempt.due();
    Attempted event =
        new Attempted(
            due.deliveryId(),
            due.eventType(),
            due.partnerId(),
            worker,
            attempt.number(),
            result(one.verdict()),
            attempt.answer().status(),
            attempt.answer().took().toNanos() / 1e9);
    return Said.of(due.deliveryId(), "attempt:" + attempt.number(), attempt.at(), event);
  }

  private static Result result(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Delivered d -> Result.DELIVERED;
      case Verdict.Again a -> Result.FAILED;
      case Verdict.Dead d -> Result.DEAD_LETTER;
      case Verdict.Gone g -> Result.DEAD_LETTER;
    };
  }

  private static Done done(Judged one) {
    Attempt attempt = one.attempt();
    Done.Fate fate =
        switch (one.verdict()) {
          case Verdict.Delivered d -> new Delivered(attempt.at());
          case Verdict.Again again ->
              new Again(attempt.at().plus(again.in()).truncatedTo(ChronoUnit.MICROS));
          case Verdict.Dead dead -> new Dead(attempt.at(), dead.reason().word());
          case Verdict.Gone g -> new Dead(attempt.at(), GONE);
        };
    return new Done(attempt.due(), History.with(attempt), fate);
  }

  /** Writes what is left, and ends. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
