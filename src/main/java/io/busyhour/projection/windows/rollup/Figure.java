package io.busyhour.projection.windows.rollup;

import io.busyhour.event.Outcome;

/** What is counted of a group of calls, and where it stands among the counts that are stored. */
public enum Figure {
  /** All of them. */
  TOTAL(0),
  /** Those to the customer. */
  INBOUND(1),
  /** Those from the customer. */
  OUTBOUND(2),
  /** Those that have not ended. */
  ACTIVE(3),
  /** See {@link Outcome#COMPLETED}. */
  COMPLETED(4),
  /** See {@link Outcome#BUSY}. */
  BUSY(5),
  /** See {@link Outcome#NO_ANSWER}. */
  NO_ANSWER(6),
  /** See {@link Outcome#CANCELED}. */
  CANCELED(7),
  /** See {@link Outcome#REJECTED}. */
  REJECTED(8),
  /** See {@link Outcome#FAILED}. */
  FAILED(9),
  /** See {@link Outcome#TIMEOUT}; those that were reaped are among them. */
  TIMEOUT(10),
  /** See {@link Outcome#ABANDONED}. */
  ABANDONED(11),
  /** Those that the stale-call reaper ended: no rate counts them. */
  REAPED(12),
  /** Those that ended by themselves and had been answered. */
  ANSWERED(13),
  /** Those that ended by themselves and for which the network did its part (E.425). */
  EFFECTIVE(14),
  /** Those that were answered and whose talk time is known. */
  TALKED(15),
  /** Those whose sender says whether there is a transcript. */
  TRANSCRIPT_KNOWN(16),
  /** Those that have a transcript. */
  TRANSCRIPT(17),
  /** Those whose MOS is known. */
  MOS(18),
  /** Those whose packet loss is known. */
  LOSS(19),
  /** Those that were completed and whose talk time is known. */
  TIMED(20);

  /** How many there are. */
  static final int COUNT = values().length;

  private final int place;

  Figure(int place) {
    this.place = place;
  }

  /** Where it stands among the counts. */
  int place() {
    return place;
  }

  /** The one that counts an outcome. */
  public static Figure of(Outcome outcome) {
    return valueOf(outcome.name());
  }
}
