package io.busyhour.event;

/**
 * The canonical final states of a call. Their order decides between two that are said to have
 * happened at the same time (DESIGN.md, "Settling").
 */
public enum Outcome {
  /** Answered and ended in the ordinary way. */
  COMPLETED,
  /** The called party was engaged: SIP 486 and 600, Q.850 cause 17. */
  BUSY,
  /** Rang and was not answered: SIP 480, Q.850 causes 18 and 19. */
  NO_ANSWER,
  /** The calling side gave up before an answer: SIP 487. */
  CANCELED,
  /** The called party refused: SIP 603, Q.850 cause 21. */
  REJECTED,
  /** The network or the platform could not place it. */
  FAILED,
  /** No answer from the network in time, or ended by the stale-call reaper. */
  TIMEOUT,
  /** Answered when no agent was free to take it. */
  ABANDONED
}
