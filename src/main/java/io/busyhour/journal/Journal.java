package io.busyhour.journal;

import io.busyhour.event.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Appends deliveries durably and once each, and reads them by position. All methods may be called
 * by any thread; {@link #append} blocks its caller until the deliveries are committed.
 */
public interface Journal extends AutoCloseable {

  /** What became of a delivery. */
  enum Appended {
    /** It is stored, and will be read by the projections. */
    NEW,
    /** A delivery of the same key is stored already; this one was counted and changes nothing. */
    DUPLICATE
  }

  /**
   * A moment in the journal.
   *
   * @param position the position of the last readable entry; 0 before the first
   * @param time a time that no later entry's receipt is before: what is due by then can be settled
   *     once everything up to {@code position} was read
   */
  record Tip(long position, Instant time) {}

  /**
   * Stores deliveries and returns after they were committed, one answer for each in its order. All
   * of them are stored or none.
   *
   * <p>While it is not known whether a commit succeeded (the connection was lost meanwhile), its
   * callers wait until it is.
   *
   * @throws JournalUnavailable when too much is waiting or the store cannot be reached, nothing was
   *     stored then; or when the journal is closed, which may have been stored if it waited already
   */
  List<Appended> append(List<Delivery> deliveries);

  /**
   * Counts refused deliveries of a source; they are in the {@link #ledger} once they are committed
   * with the next group, at the latest after a second.
   */
  void refuse(String source, String reason, long count);

  /**
   * Reads entries after a position, oldest first and without gaps: from the next one on, or from
   * the oldest that is not deleted yet.
   *
   * @param after the position that was read last; 0 for the beginning
   * @param limit how many at most
   */
  List<Entry> read(long after, int limit);

  /**
   * A committed entry and how often it was delivered again.
   *
   * @param duplicates later deliveries of the same key, each counted and ignored
   */
  record Stored(Entry entry, int duplicates) {}

  /** Those entries of some positions that are still there, by position. */
  List<Stored> find(Collection<Long> positions);

  /** The last readable position, and the time that is over. */
  Tip tip();

  /**
   * Waits until the tip is beyond a position.
   *
   * @return the tip, beyond the position or not, after the time-out at the latest
   */
  Tip await(long position, Duration timeout) throws InterruptedException;

  /** The committed count of everything that was received, per source. */
  List<LedgerLine> ledger();

  /** Tells whether the store can be written; for health. */
  boolean isOpen();

  /** Finishes what was accepted for writing if it can, then closes. Further calls are refused. */
  @Override
  void close();
}
