package io.busyhour.projection;

import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.calls.history.CallFilter;
import io.busyhour.projection.calls.history.CallPage;
import io.busyhour.projection.calls.history.Place;
import io.busyhour.projection.change.CallRecord;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows that the projection keeps: calls, messages, campaigns. */
public interface Book {

  /** Begins a transaction; called by the projection's thread only. */
  Page begin();

  /** A call by its id, as of the last commit; for any thread. */
  Optional<CallRecord> call(String callId);

  /**
   * Calls of a filter, newest first, as of the last commit; for any thread.
   *
   * @param after what the page before ended with, or null for the newest
   * @param limit how many at most; there may be fewer though there is a next page
   */
  CallPage calls(CallFilter filter, Place after, int limit);

  /**
   * The journal's entries that a call is made of.
   *
   * @param positions in the order in which they were taken in
   * @param leftOut how many more there were
   */
  record MadeOf(List<Long> positions, int leftOut) {}

  /** What a call is made of, as of the last commit; for any thread. */
  Optional<MadeOf> madeOf(String callId);

  /** How many calls of one source have been open for long. */
  record Stale(String source, long calls) {}

  /** The calls that have been open since before a time, by who spoke of them first. */
  List<Stale> openSinceBefore(Instant time);

  /**
   * Calls that are open still, the oldest first.
   *
   * @param begun before which time they began, by their senders' clocks
   * @param heard before which time their first event was received
   * @param limit how many at most
   */
  List<CallRecord> open(Instant begun, Instant heard, int limit);

  /** How many calls {@link #open} gives without a limit. */
  long openCount(Instant begun, Instant heard);

  /** One transaction on the rows; what it changes is given to the folds as it happens. */
  interface Page extends AutoCloseable {

    /** Takes up what is waiting to be settled, after a start or a failed batch. */
    void restore();

    /** Reads the rows that these entries will change, all at once. */
    void prepare(List<Entry> entries);

    /** Takes in one event of an entry. */
    void apply(Entry entry, Occurrence occurrence, Fold changes);

    /** Counts what has waited long enough for more facts by a receipt time. */
    void settle(Instant until, Fold changes);

    /** Tells whether {@link #settle} would have something to do. */
    boolean isDue(Instant until);

    /**
     * Deletes some rows of which nothing was heard since a time and nothing waits. It changes no
     * figure.
     *
     * @return how many; fewer than asked for when none are left
     */
    int forget(Instant before, int most);

    /** The transaction, for what is written along with the rows. */
    Connection transaction();

    /** Writes the rows, without committing. */
    void flush();

    /** Commits. */
    void commit();

    /** Rolls back what was not committed. */
    @Override
    void close();
  }
}
