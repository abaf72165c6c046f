package io.busyhour.projection.change;

import io.busyhour.event.CallEvent.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What is known about one message; absent facts are null. The same events give the same record in
 * whatever order they came.
 *
 * @param messageId the message's id
 * @param beginning what is known of its beginning
 * @param errorCode why it failed, in the sender's words
 * @param times when it first reached which state
 */
public record MessageRecord(String messageId, Beginning beginning, String errorCode, Times times) {
  private static final Pattern FIVE_DIGITS = Pattern.compile("[0-9]{5}");

  /** Who sends what to whom, without the numbers. */
  public record Beginning(
      String account,
      String campaign,
      String brand,
      String carrier,
      Direction direction,
      Integer segments) {}

  /**
   * When a message first reached which state, by the senders' clocks.
   *
   * @param begun when it began its way or came in, if an event said so
   * @param begunIsReceipt whether that is merely when its sender first called back about it
   */
  public record Times(
      Instant begun,
      boolean begunIsReceipt,
      Instant queued,
      Instant sent,
      Instant delivered,
      Instant undelivered,
      Instant failed,
      Instant read) {}

  /** Tells whether it is on its way, or has been: an incoming one never is. */
  public boolean hasBeenPending() {
    boolean outgoing = times.begun != null && !isInbound();
    return outgoing || times.queued != null || times.sent != null;
  }

  /** Tells whether it arrived; an incoming one did. */
  public boolean isDelivered() {
    boolean incoming = times.begun != null && isInbound();
    return incoming || times.delivered != null || times.read != null;
  }

  /** Tells whether somebody gave it up. */
  public boolean isFailed() {
    return times.undelivered != null || times.failed != null;
  }

  private boolean isInbound() {
    return beginning.direction == Direction.INBOUND;
  }

  /** Why it failed, as a label: five digits, else {@code other}. */
  public String errorLabel() {
    boolean isLabel = errorCode != null && FIVE_DIGITS.matcher(errorCode).matches();
    return isLabel ? errorCode : "other";
  }

  /**
   * From when the carrier got it, else from when it began its way, to when it arrived; null while
   * one of both is not known. Clocks that disagree make it 0, never less.
   */
  public Duration latency() {
    Instant begun = times.begunIsReceipt ? null : times.begun;
    Instant from = times.sent != null ? times.sent : begun;
    if (from == null || times.delivered == null) {
      return null;
    }
    Duration took = Duration.between(from, times.delivered);
    return took.isNegative() ? Duration.ZERO : took;
  }
}
