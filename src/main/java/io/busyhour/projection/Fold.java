package io.busyhour.projection;

import io.busyhour.event.Occurrence;
import io.busyhour.journal.Entry;
import io.busyhour.projection.change.Change;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Something that is kept up to date from the journal. All methods are called by the projection's
 * one thread; what is changed becomes visible to others when the batch is committed.
 */
public interface Fold {

  /** Takes in one event of an entry; what it did to rows comes as changes as well. */
  default void on(Entry entry, Occurrence occurrence) {}

  /** Takes in what an event, or the passing of time, did to a row. */
  default void on(Change change) {}

  /** Whether {@link #save} has something to do by now, though no event came; asked often. */
  default boolean isDue() {
    return false;
  }

  /** Writes what changed in this batch, within the batch's transaction. */
  default void save(Connection transaction) throws SQLException {}

  /**
   * Forgets everything and takes up what was saved last: at the start, and after a batch that could
   * not be committed.
   */
  default void restore(Connection transaction) throws SQLException {}

  /** The batch is committed: what it changed may be told to the outside. */
  default void committed() {}
}
