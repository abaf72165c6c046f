package io.busyhour.projection;

import java.time.Instant;

/**
 * How far the projection has come.
 *
 * @param position the last entry that is in all rows and figures
 * @param goal the entry that it must reach before its figures may be shown: the last one that was
 *     in the journal when it started
 * @param receivedAt when the entry at {@code position} was received, or null if that is not known
 * @param restored whether it has taken up what was saved
 * @param failure what it stands still for, or null
 */
public record Progress(
    long position, long goal, Instant receivedAt, boolean restored, String failure) {
  static final Progress NOT_STARTED = new Progress(0, Long.MAX_VALUE, null, false, null);

  Progress restored(long at, long newGoal) {
    // Shown once, figures stay shown: after a failed batch they are those of the last commit.
    long stillToReach = restored ? goal : newGoal;
    return new Progress(at, stillToReach, null, true, failure);
  }

  Progress reached(long at, Instant when) {
    return new Progress(at, goal, when == null ? receivedAt : when, restored, null);
  }

  Progress failed(Exception e) {
    return new Progress(position, goal, receivedAt, restored, String.valueOf(e.getMessage()));
  }

  /** Tells whether everything that was in the journal at the start is in the figures. */
  public boolean isCaughtUp() {
    return restored && position >= goal;
  }
}
