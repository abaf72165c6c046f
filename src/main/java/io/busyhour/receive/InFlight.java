package io.busyhour.receive;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory of all request bodies together, and the time that each may take to come: a
 * request takes what it needs as it grows, and gives it back when it was answered. For all threads;
 * a {@link Share} is for one.
 */
public final class InFlight {
  private static final ScheduledThreadPoolExecutor WATCH =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("bodies").factory());

  static {
    WATCH.setRemoveOnCancelPolicy(true);
  }

  private final Semaphore free;
  private final Duration patience;

  /** So many bytes for all requests together, and so long for each body to come. */
  InFlight(int bytes, Duration patience) {
    this.free = new Semaphore(bytes);
    this.patience = patience;
  }

  /** What one request holds; nothing to begin with. */
  public Share share() {
    return new Share();
  }

  /** The bytes of one request, which closing gives back. */
  public final class Share implements AutoCloseable {
    private int taken;

    private Share() {}

    /**
     * Takes more bytes.
     *
     * @throws Refusal overloaded, at once: whoever waited here would keep what it holds already
     */
    void take(int bytes) {
      if (!free.tryAcquire(bytes)) {
        throw new Refusal(
            Reason.OVERLOADED,
            "Too much is being received at once; nothing of this request was stored, send it"
                + " again.");
      }
      taken += bytes;
    }

    /** Begins to read: the thread is interrupted if the reading is not closed in time. */
    Reading reading() {
      return new Reading(Thread.currentThread(), patience);
    }

    @Override
    public void close() {
      free.release(taken);
      taken = 0;
    }
  }

  /**
   * A body that is being read. The web server has no time-out for one that never comes; an
   * interrupt ends the read and closes the connection.
   */
  static final class Reading {
    private final Thread reader;
    private final ScheduledFuture<?> end;
    private boolean closed;
    private boolean interrupted;

    private Reading(Thread reader, Duration patience) {
      this.reader = reader;
      this.end = WATCH.schedule(this::interrupt, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void interrupt() {
      if (!closed) {
        interrupted = true;
        reader.interrupt();
      }
    }

    synchronized void close() {
      closed = true;
      end.cancel(false);
      if (interrupted) {
        // It was meant for the reading only, which is over; what follows goes on undisturbed.
        Thread.interrupted();
      }
    }
  }
}
