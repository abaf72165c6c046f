package io.busyhour.journal;

import java.time.Duration;

/**
 * Says that nothing was stored, why, and when it is worth trying again. Only what waited while the
 * server stopped may be stored all the same; sent again, it is a duplicate then.
 */
public final class JournalUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why nothing could be stored. */
  public enum Cause {
    /** More is waiting to be written than is good. */
    OVERLOADED,
    /** The database cannot be reached or refuses to write. */
    STORE_DOWN,
    /** The server is stopping. */
    STOPPING
  }

  private final Cause reason;
  private final Duration retryAfter;

  /** Nothing was stored for this reason. */
  public JournalUnavailable(Cause reason, Duration retryAfter, Throwable cause) {
    super("the journal is unavailable: " + reason, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Why nothing could be stored. */
  public Cause reason() {
    return reason;
  }

  /** When it is worth trying again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
