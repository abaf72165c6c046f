package io.busyhour.projection.windows.sliding;

import io.busyhour.event.Occurrence;
import io.busyhour.projection.change.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** One subject that is looked at through windows. */
public interface Window {

  /** What is stored of it. */
  List<SlidingWindow> windows();

  /** Takes in an event that was received now. */
  default void on(Occurrence occurrence, Instant now, WindowStore store) {}

  /** Takes in what an event, or the passing of time, did to a row. */
  default void on(Change change, Instant now, WindowStore store) {}

  /** Takes up what it knows besides its windows. */
  default void restore(Connection transaction) throws SQLException {}
}
