package io.busyhour.boot.log;

import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Writes lines to a stream on a thread of its own, so that nobody waits for whoever reads them.
 * While nobody does, so many lines are kept, and those that come then are dropped.
 */
public final class OutputLines implements Consumer<String>, AutoCloseable {
  private static final Logger LOG = System.getLogger(OutputLines.class.getName());
  private static final int MOST = 10_000;
  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private final PrintStream stream;
  // Empty is the end.
  private final BlockingQueue<Optional<String>> waiting = new ArrayBlockingQueue<>(MOST);
  private final Thread thread;
  private volatile boolean dropping;

  /** Writes to this stream until it is closed. */
  public OutputLines(PrintStream stream) {
    this.stream = stream;
    this.thread = Thread.ofPlatform().name("output").daemon().start(this::write);
  }

  private void write() {
    try {
      for (Optional<String> line = waiting.take(); line.isPresent(); line = waiting.take()) {
        stream.println(line.get());
      }
      stream.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void accept(String line) {
    boolean full = !waiting.offer(Optional.of(line));
    if (full && !dropping) {
      LOG.log(Level.WARNING, "Nobody reads standard output: lines for it are dropped.");
    }
    dropping = full;
  }

  /** Writes what was given, unless nobody reads it. */
  @Override
  public void close() {
    try {
      if (waiting.offer(Optional.empty())) {
        thread.join(LAST_LINES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
