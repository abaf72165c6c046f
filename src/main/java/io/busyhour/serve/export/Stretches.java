package io.busyhour.serve.export;

import io.busyhour.projection.calls.history.CallExport;
import io.busyhour.projection.calls.history.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Reads and writes calls stretch by stretch: while one is sent, the next few are read, by the one
 * thread that all exports share. Whoever reads slowly holds a few of them in memory, and neither a
 * transaction nor a connection.
 */
final class Stretches {
  private static final int CALLS = 500;
  private static final int AHEAD = 3;
  private static final int CALLS_A_TURN = 16;

  /** What went wrong with the store and not with the reader. */
  static final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFailed(Throwable cause) {
      super("the calls cannot be read", cause);
    }
  }

  private record Written(Bytes bytes, long calls) {}

  private final CallExport calls;
  private final ExecutorService readers;

  Stretches(CallExport calls, ExecutorService readers) {
    this.calls = calls;
    this.readers = readers;
  }

  /** Writes the calls that began before a time; returns how many there were. */
  long write(Export export, long until, OutputStream out) throws IOException {
    Deque<Future<Written>> ahead = new ArrayDeque<>();
    try {
      long written = 0;
      Place from = export.after();
      while (from != null || !ahead.isEmpty()) {
        while (from != null && ahead.size() < AHEAD) {
          Place begin = from;
          from = calls.ahead(begin, until, CALLS);
          Place end = from == null ? new Place(until, "") : from;
          ahead.add(readers.submit(() -> read(begin, end, export)));
        }
        Written next = ahead.remove().get();
        // Between two calls of a document stands a comma: after each but the last.
        if (written > 0 && next.calls() > 0 && export.format() == Format.JSON) {
          out.write(',');
        }
        next.bytes().writeTo(out);
        written += next.calls();
      }
      return written;
    } catch (SQLException | ExecutionException e) {
      throw new StoreFailed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed(e);
    } finally {
      // Never by an interrupt: one that hits a thread that reads H2's file closes the file, and
      // with it the database, for all. Reads that have begun end soon by themselves.
      ahead.forEach(read -> read.cancel(false));
    }
  }

  /** Gives way every few calls: whoever asks for a small view shall not wait for a time slice. */
  @SuppressWarnings("ThreadPriorityCheck")
  private Written read(Place after, Place upTo, Export export) throws SQLException, IOException {
    Cells cells = export.format().cells();
    long[] count = {0};
    calls.read(
        after,
        upTo,
        export.width(),
        call -> {
          CallFields.write(call, export.numbersShown(), cells);
          if (++count[0] % CALLS_A_TURN == 0) {
            Thread.yield();
          }
        });
    if (export.format() == Format.JSON) {
      cells.bytes().dropLast(Math.min(1, count[0]));
    }
    return new Written(cells.bytes(), count[0]);
  }
}
