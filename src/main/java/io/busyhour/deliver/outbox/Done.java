package io.busyhour.deliver.outbox;

import java.time.Instant;

/**
 * What becomes of a delivery after an attempt.
 *
 * @param due what was attempted
 * @param history all its attempts as a JSON array
 * @param fate what comes next
 */
public record Done(Due due, String history, Fate fate) {

  /** What comes next. */
  public sealed interface Fate {}

  /** It was delivered. */
  public record Delivered(Instant at) implements Fate {}

  /** It is due again. */
  public record Again(Instant dueAt) implements Fate {}

  /**
   * It was given up.
   *
   * @param reason why, in one word such as {@code exhausted}
   */
  public record Dead(Instant at, String reason) implements Fate {}
}
