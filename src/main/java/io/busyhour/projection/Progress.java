package io.busyhour.projection;

import java.time.Instant;

/**
 * How far the projection has come.
 *
 * @param position the last entry that is in all rows and figures
 * @param goal the entry that it must reach before its figures may be shown: the last one that was
 *     in the journal when it started
 * @param receivedAt when the entry at {@code position} was received, or null if that is not known
 * @param restored whether the figures in memory are those that were saved last, and what was
 *     committed since
 * @param generation rises whenever they cease to be
 * @param failure what it stands still for, or null
 */
public record Progress(
    long position,
    long goal,
    Instant receivedAt,
    boolean restored,
    long generation,
    String failure) {
  static final Progress NOT_STARTED = new Progress(0, -1, null, false, 0, null);

  Progress restored(long at, long tip) {
    // Shown once, figures stay shown: after a failed batch they are those of the last commit.
    return new Progress(at, goal < 0 ? tip : goal, null, true, generation, failure);
  }

  Progress reached(long at, Instant when) {
    Instant received = when == null ? receivedAt : when;
    return new Progress(at, goal, received, restored, generation, null);
  }

  /** What is in memory is not to be seen or saved any more. */
  Progress spoiled() {
    return new Progress(position, goal, receivedAt, false, generation + 1, failure);
  }

  Progress failed(Throwable e) {
    String why = String.valueOf(e.getMessage());
    return new Progress(position, goal, receivedAt, restored, generation, why);
  }

  /** Tells whether everything that was in the journal at the start is in the figures. */
  public boolean isCaughtUp() {
    return restored && position >= goal;
  }
}
