package io.busyhour.projection.change;

import io.busyhour.event.CallEvent.AnsweredBy;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * All that is known about one call; absent facts are null. The same events give the same record in
 * whatever order they came.
 *
 * @param callId the call's id
 * @param source who spoke of it first
 * @param beginning what is known of its beginning; zone and countries derived where not given
 * @param times when what happened
 * @param end how it ended
 * @param sound how it sounded, by the latest report
 * @param answeredBy who or what took it
 * @param pddMs post-dial delay in milliseconds, if a sender measured it
 */
public record CallRecord(
    String callId,
    String source,
    Beginning beginning,
    Times times,
    End end,
    Sound sound,
    AnsweredBy answeredBy,
    Double pddMs) {

  /** Answered calls of less talk time than this are short: they are what fraud and robots make. */
  public static final double SHORT_SECONDS = 6;

  /** SIP responses that a telephone that rang gives as well as a network that never got there. */
  private static final Set<Integer> MAY_NOT_HAVE_RUNG = Set.of(408, 480, 487);

  /**
   * The legs of a call, by the senders' clocks.
   *
   * @param firstEvent the earliest time in any of its events
   * @param lastEvent the latest time in any of its events
   * @param initiated when the attempt began, if an event said so
   * @param ringing the first 18x
   * @param answered when it was taken, if an event said so
   * @param ended when the final state that stands was reached
   */
  public record Times(
      Instant firstEvent,
      Instant lastEvent,
      Instant initiated,
      Instant ringing,
      Instant answered,
      Instant ended) {}

  /**
   * How a call ended.
   *
   * @param outcome the final state that stands, or null while the call is open
   * @param durationSeconds talk time as the sender gave it
   * @param reaped whether the stale-call reaper ended it
   */
  public record End(
      Outcome outcome,
      Integer sipCode,
      Integer q850Cause,
      String hangupSource,
      Double durationSeconds,
      BigDecimal cost,
      String currency,
      String errorType,
      Boolean hasTranscript,
      Boolean hasAudio,
      boolean reaped) {}

  /** How a call sounded: see {@link io.busyhour.event.CallEvent.Quality}. */
  public record Sound(
      String codec, Double mos, Double rFactor, Double jitterMs, Double packetLoss, Double rttMs) {}

  /** When the attempt began: as said, else the first that is known of it. */
  public Instant startedAt() {
    if (times.initiated() != null) {
      return times.initiated();
    }
    Instant answered = answeredAt();
    boolean before = answered != null && answered.isBefore(times.firstEvent());
    return before ? answered : times.firstEvent();
  }

  /** Tells whether no final state is known. */
  public boolean isOpen() {
    return end.outcome() == null;
  }

  /** Tells whether the call ended, and by itself, not by the reaper. */
  public boolean isEndedForReal() {
    return !isOpen() && !end.reaped();
  }

  /** When the call was taken: as said, else its end less its talk time if it was completed. */
  public Instant answeredAt() {
    if (times.answered() != null || end.outcome() != Outcome.COMPLETED) {
      return times.answered();
    }
    Double seconds = end.durationSeconds();
    return seconds == null ? null : times.ended().minusNanos((long) (seconds * 1e9));
  }

  /** Tells whether somebody or something took the call, whether or not it is known when. */
  public boolean isAnswered() {
    return times.answered() != null
        || end.outcome() == Outcome.COMPLETED
        || end.outcome() == Outcome.ABANDONED;
  }

  /**
   * Whether the network did its part (ITU-T E.425, NER: answer, user busy, ring no answer, terminal
   * reject): what nobody took after it had rung is the called side's doing, what never rang is not.
   */
  public boolean isEffective() {
    Outcome outcome = end.outcome();
    if (isAnswered() || outcome == Outcome.BUSY || outcome == Outcome.REJECTED) {
      return true;
    }
    boolean rang = times.ringing() != null || pddMs != null;
    Integer sip = end.sipCode();
    return switch (outcome) {
      case NO_ANSWER -> rang || sip == null || !MAY_NOT_HAVE_RUNG.contains(sip);
      case CANCELED, TIMEOUT -> rang;
      case null, default -> false;
    };
  }

  /** INVITE to the first 18x in milliseconds: as said, else by the two times; else null. */
  public Double postDialDelayMs() {
    if (pddMs != null || times.initiated() == null || times.ringing() == null) {
      return pddMs;
    }
    Duration delay = Duration.between(times.initiated(), times.ringing());
    return delay.isNegative() ? 0.0 : delay.toNanos() / 1e6;
  }

  /** Talk time in seconds: as said, else answer to end of a completed call; else null. */
  public Double talkSeconds() {
    if (end.durationSeconds() != null) {
      return end.durationSeconds();
    }
    if (end.outcome() != Outcome.COMPLETED || times.answered() == null) {
      return null;
    }
    Duration talk = Duration.between(times.answered(), times.ended());
    return talk.isNegative() ? 0.0 : talk.toNanos() / 1e9;
  }
}
