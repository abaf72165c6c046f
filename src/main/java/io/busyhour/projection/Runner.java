package io.busyhour.projection;

import io.busyhour.event.Occurrence;
import io.busyhour.instrument.Meters;
import io.busyhour.journal.Entry;
import io.busyhour.journal.Journal;
import io.busyhour.journal.Journal.Tip;
import io.busyhour.projection.Positions.Place;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads the journal on a thread of its own and keeps the rows and the folds up to it. A batch is
 * applied and committed while no scrape is made, so that only committed figures are ever seen. A
 * batch that fails is rolled back, the folds take up what was saved, and it is tried again entry by
 * entry: the projection stops at the entry that it cannot take, says so, and never holds up the
 * doors.
 */
public final class Runner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());
  private static final int BATCH = 2_000;
  private static final Duration IDLE = Duration.ofMillis(100);
  // A commit costs about as much as a hundred entries. While entries keep coming they are gathered
  // for this long; the first after a pause is taken in at once.
  private static final Duration GATHER = Duration.ofMillis(50);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final Journal journal;
  private final Book book;
  private final Meters meters;
  private final Folds folds;
  private final Thread thread = Thread.ofPlatform().name("projection").unstarted(this::run);
  private volatile Progress progress = Progress.NOT_STARTED;
  private final CountDownLatch stop = new CountDownLatch(1);
  private long committed = System.nanoTime() - GATHER.toNanos();
  // What is in memory belongs to it; read and changed while no one else does.
  private Place place = new Place(0, 0);
  // The entry that is being taken in, for the log, or null.
  private Entry taking;

  /**
   * @param folds what lives on the changes, told in this order
   */
  public Runner(Journal journal, Book book, Meters meters, List<Fold> folds) {
    this.journal = journal;
    this.book = book;
    this.meters = meters;
    this.folds = new Folds(folds);
  }

  /** Takes up what was saved last and starts to read; returns at once. */
  public void start() {
    thread.start();
  }

  /** How far it has come; for any thread. */
  public Progress progress() {
    return progress;
  }

  /** Whether its thread runs. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /**
   * Begins to show figures: what is given saves those that changed outside of entries, so that none
   * that was shown is lost by a kill. It is run after the figures were read and before they are
   * shown, and throws if they are not what is saved. For any thread.
   */
  public Runnable saving() {
    long generation = progress.generation();
    return () -> meters.alone(() -> save(generation));
  }

  private void save(long generation) {
    if (!progress.restored() || progress.generation() != generation) {
      throw new IllegalStateException("the figures were restored while they were read");
    }
    orRestore(
        () -> {
          try (Book.Page page = book.begin()) {
            lock(page);
            folds.save(page.transaction());
            page.commit();
          } catch (SQLException e) {
            throw new IllegalStateException("the figures cannot be saved", e);
          }
        });
  }

  /**
   * Deletes some rows of which nothing was heard since a time and nothing waits. It changes no
   * figure. While the figures are not complete, or stand still, none are deleted: the journal may
   * have something to say of them. For any thread; it waits for its turn.
   *
   * @return how many; fewer than asked for when none are left
   */
  public int forget(Instant before, int most) {
    int[] forgotten = new int[1];
    meters.alone(
        () -> {
          if (progress.isCaughtUp() && progress.failure() == null) {
            try {
              orRestore(() -> forgotten[0] = forgetAlone(before, most));
            } catch (PositionMoved e) {
              LOG.log(Level.DEBUG, "another process has them", e);
            }
          }
        });
    return forgotten[0];
  }

  private int forgetAlone(Instant before, int most) {
    try (Book.Page page = book.begin()) {
      lock(page);
      int forgotten = page.forget(before, most);
      if (forgotten > 0) {
        page.flush();
        // Another process may have them in its memory still: it must see that they changed.
        Place next = new Place(place.position(), place.settles() + 1);
        Positions.write(page.transaction(), next);
        page.commit();
        place = next;
      }
      return forgotten;
    } catch (SQLException e) {
      throw new IllegalStateException("old rows cannot be deleted", e);
    }
  }

  private void run() {
    Duration retry = FIRST_RETRY;
    int batch = BATCH;
    while (!isStopping()) {
      try {
        if (!progress.restored()) {
          meters.alone(this::restore);
        }
        advance(batch);
        retry = FIRST_RETRY;
        // After a failure it feels its way to the entry that it cannot take.
        batch = Math.min(BATCH, batch * 2);
      } catch (InterruptedException e) {
        return; // asked to stop
      } catch (PositionMoved e) {
        // Several processes share one database: the figures are those that the other one saved.
        LOG.log(Level.DEBUG, "taken up anew", e);
      } catch (Throwable e) {
        // The edge of the thread. Whatever it is, the doors go on: the journal keeps what comes.
        batch = 1;
        fail(e, retry);
        retry =
            retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
      }
    }
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  private void fail(Throwable e, Duration retry) {
    if (isStopping()) {
      return;
    }
    LOG.log(
        Level.ERROR,
        "the projection stands at position %d and tries again in %s"
            .formatted(progress.position(), retry),
        e);
    if (taking != null) {
      LOG.log(Level.ERROR, "what it cannot take: {0}", Described.of(taking));
    }
    meters.alone(() -> progress = progress.failed(e));
    try {
      stop.await(retry.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      thread.interrupt();
    }
  }

  private void restore() {
    Tip goal = journal.tip();
    try (Book.Page page = book.begin()) {
      place = Positions.lock(page.transaction());
      page.restore();
      folds.restore(page.transaction());
      page.commit();
      progress = progress.restored(place.position(), goal.position());
    } catch (SQLException e) {
      throw new IllegalStateException("what was saved last cannot be read", e);
    }
  }

  /** Reads what has come, or waits for it a moment, and takes it in. */
  private void advance(int limit) throws InterruptedException {
    long position = progress.position();
    Tip tip = journal.await(position, IDLE);
    Duration sinceCommit = Duration.ofNanos(System.nanoTime() - committed);
    if (tip.position() > position && sinceCommit.compareTo(GATHER) < 0) {
      tip = journal.await(position + limit, GATHER.minus(sinceCommit));
    }
    List<Entry> entries =
        tip.position() > position ? journal.read(position, limit) : List.<Entry>of();
    long last = entries.isEmpty() ? position : entries.getLast().position();
    // Time passes for the rows only when nothing received before it is left to read.
    Instant settled = last >= tip.position() ? tip.time() : null;
    meters.alone(() -> takeOrRestore(entries, last, settled));
    if (!entries.isEmpty()) {
      committed = System.nanoTime();
    }
  }

  /** Takes a batch in, or leaves no trace of it: nobody sees what is not committed. */
  private void takeOrRestore(List<Entry> entries, long last, Instant settled) {
    orRestore(() -> take(entries, last, settled));
    progress = progress.reached(last, entries.isEmpty() ? null : entries.getLast().receivedAt());
  }

  private void orRestore(Runnable transaction) {
    try {
      transaction.run();
    } catch (RuntimeException | Error e) {
      progress = progress.spoiled();
      try {
        restore();
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void take(List<Entry> entries, long last, Instant settled) {
    try (Book.Page page = book.begin()) {
      boolean settles = settled != null && page.isDue(settled);
      if (entries.isEmpty() && !settles && !folds.isDue()) {
        return;
      }
      lock(page);
      page.prepare(entries);
      for (Entry entry : entries) {
        taking = entry;
        take(entry, page);
      }
      taking = null;
      if (settled != null) {
        page.settle(settled, folds);
      }
      page.flush();
      folds.save(page.transaction());
      Place next = new Place(last, place.settles() + (settles ? 1 : 0));
      Positions.write(page.transaction(), next);
      page.commit();
      place = next;
      folds.committed();
    } catch (SQLException e) {
      throw new IllegalStateException("the figures cannot be saved", e);
    }
  }

  /** What is in memory belongs to the place that it left: nobody else may have moved it. */
  private void lock(Book.Page page) throws SQLException {
    Place found = Positions.lock(page.transaction());
    if (!found.equals(place)) {
      throw new PositionMoved(place, found);
    }
  }

  private void take(Entry entry, Book.Page page) {
    page.settle(entry.receivedAt(), folds);
    for (Occurrence occurrence : entry.delivery().occurrences()) {
      folds.on(entry, occurrence);
      page.apply(entry, occurrence, folds);
    }
  }

  /** Finishes the batch that it is at, and ends. */
  @Override
  public void close() {
    stop.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(LAST_RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
