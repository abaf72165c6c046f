package io.busyhour.projection.calls.facts;

import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.Fold;
import java.util.List;

/** The rows of one kind within one transaction; for the projection's thread. */
public interface Rows {

  /** Reads the rows that these entries will change, all at once, where that is quicker. */
  default void prepare(List<Entry> entries) {}

  /** Takes in one event of an entry if it is about such a row, and tells what that changed. */
  void apply(Entry entry, Occurrence occurrence, Fold changes);

  /** The kind under which these rows wait, or null if they never do. */
  default SettleQueue.Kind kind() {
    return null;
  }

  /** Has all rows wait again that do by what is stored, after a start or a failed batch. */
  default void restore() {}

  /** Counts what is due of a row by a receipt time in microseconds. */
  default void settle(String id, long nowMicros, Fold changes) {}

  /**
   * Deletes some rows of which nothing was heard since a time and nothing waits. It changes no
   * figure.
   *
   * @return how many; fewer than asked for when none are left
   */
  default int forget(long beforeMicros, int most) {
    return 0;
  }
}
