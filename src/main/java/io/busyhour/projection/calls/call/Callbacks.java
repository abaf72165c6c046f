package io.busyhour.projection.calls.call;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * Which of a call's numbered callbacks came. They may come in any order, so a number below the
 * highest is missing only when the call has ended and nothing was heard for the time to wait. One
 * that comes after that is a correction: it was counted, and is not missing any more.
 */
@Embeddable
class Callbacks {
  /** A call has a handful of callbacks; a higher number is not believed. */
  private static final int NUMBERS = 63;

  @Column(name = "callbacks_source")
  String source;

  // Bit n is set when the callback of number n came.
  @Column(name = "callbacks_seen")
  long seen;

  // Bit n is set when number n was counted as missing, whether or not it came since.
  @Column(name = "callbacks_missing")
  long missing;

  @Column(name = "callbacks_received_at")
  Long receivedAt;

  /** Takes in that a number came, and tells whether it had been counted as missing. */
  boolean heard(String from, int number, long received) {
    if (number >= NUMBERS) {
      return false;
    }
    long bit = 1L << number;
    boolean isNew = (seen & bit) == 0;
    if (isNew) {
      source = from;
      seen |= bit;
      receivedAt = received;
    }
    return isNew && (missing & bit) != 0;
  }

  /**
   * When what is missing of an ended call is to be counted, by receipt time; null if nothing is.
   */
  Long due(long endReceivedAt, long settle) {
    return holes() == 0 ? null : Long.valueOf(Math.max(receivedAt, endReceivedAt) + settle);
  }

  /** How many are missing that were not counted; they are now. */
  int count() {
    long holes = holes();
    missing |= holes;
    return Long.bitCount(holes);
  }

  private long holes() {
    long below = seen == 0 ? 0 : Long.highestOneBit(seen) - 1;
    return below & ~seen & ~missing;
  }
}
