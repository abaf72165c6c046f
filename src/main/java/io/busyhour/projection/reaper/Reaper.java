package io.busyhour.projection.reaper;

import io.busyhour.event.CallEvent;
import io.busyhour.event.Delivery;
import io.busyhour.event.EventKey;
import io.busyhour.event.Occurrence;
import io.busyhour.journal.Journal;
import io.busyhour.journal.Journal.Appended;
import io.busyhour.journal.Journal.Tip;
import io.busyhour.projection.Book;
import io.busyhour.projection.Progress;
import io.busyhour.projection.change.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Ends calls that have been open for so long that their end must have been lost. It journals {@code
 * call.reaped} for each, so that a replay comes to the same; such a call is a {@code timeout} that
 * is marked, and any end of its own that is heard stands before it, early or late. For any thread.
 */
public final class Reaper {
  private static final String SOURCE = "busyhour";
  private static final int BATCH = 500;

  /** Whose events come in a rush, as after an outage, may have the end of his calls among them. */
  private static final Duration RUSH = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LOOKS = 100;

  private final Journal journal;
  private final Book book;
  private final Supplier<Progress> progress;
  private final InstantSource clock;

  /**
   * A reaper of the calls of a book.
   *
   * @param progress how far the book has come in the journal
   */
  public Reaper(Journal journal, Book book, Supplier<Progress> progress, InstantSource clock) {
    this.journal = journal;
    this.book = book;
    this.progress = progress;
    this.clock = clock;
  }

  /** The calls that have been open for longer than this, the oldest first. */
  public List<CallRecord> openLongerThan(Duration threshold, int limit) {
    Instant now = clock.instant();
    return book.open(now.minus(threshold), heardBefore(now, threshold), limit);
  }

  /** How many calls have been open for longer than this. */
  public long countOpenLongerThan(Duration threshold) {
    Instant now = clock.instant();
    return book.openCount(now.minus(threshold), heardBefore(now, threshold));
  }

  private static Instant heardBefore(Instant now, Duration threshold) {
    return now.minus(threshold.compareTo(RUSH) < 0 ? threshold : RUSH);
  }

  /**
   * Ends the calls that have been open for longer than this and returns those that it ended, as
   * they were; returns none while the rows lag behind the journal, where ends may be waiting.
   *
   * @param limit how many at most
   */
  public List<CallRecord> reap(Duration threshold, int limit) throws InterruptedException {
    List<CallRecord> ended = new ArrayList<>();
    while (ended.size() < limit && isTakenIn(journal.tip())) {
      List<CallRecord> next = openLongerThan(threshold, Math.min(BATCH, limit - ended.size()));
      if (next.isEmpty()) {
        break;
      }
      List<CallRecord> done = end(next);
      if (done.isEmpty()) {
        break;
      }
      ended.addAll(done);
    }
    return ended;
  }

  /** Ends these calls, but for those that the journal says were ended before. */
  private List<CallRecord> end(List<CallRecord> calls) throws InterruptedException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Appended> appended =
        journal.append(calls.stream().map(call -> delivery(call.callId(), now)).toList());
    isTakenIn(journal.tip());
    return IntStream.range(0, calls.size())
        .filter(i -> appended.get(i) == Appended.NEW)
        .mapToObj(calls::get)
        .toList();
  }

  private static Delivery delivery(String callId, Instant now) {
    EventKey key = new EventKey(SOURCE, "reaped:" + callId);
    return new Delivery(key, List.of(Occurrence.of(now, new CallEvent.Reaped(callId))), false);
  }

  /** Waits a while until the rows have come to a tip of the journal. */
  private boolean isTakenIn(Tip tip) throws InterruptedException {
    for (int i = 0; progress.get().position() < tip.position(); i++) {
      if (i == LOOKS) {
        return false;
      }
      // Beyond any position: the time passes, whether or not the journal grows.
      journal.await(Long.MAX_VALUE, LOOK);
    }
    return true;
  }
}
