package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent.Released;
import io.busyhour.event.Outcome;
import io.busyhour.projection.calls.facts.Micros;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Objects;
import java.util.Set;

/**
 * What is said of a call's end by somebody who may not know better: that it was let go, or that it
 * was refused in some way. Of refusals the latest counts, as a switch that tries one way after the
 * other reports each; of the others the earliest. A refusal cannot be the end of a call that was
 * taken: it was then refused on one way of several, or a change within the call was. One that names
 * its SIP response is told by somebody closer to it than one that does not, and stands before it.
 */
@Embeddable
class Release {
  /** Which of them is the call's end, until a real one is heard. */
  enum Standing {
    NEITHER,
    RELEASE,
    REFUSAL,
    /** The reaper's: it yields to all others. */
    REAPED
  }

  /** What is answered to an INVITE that was canceled, and to one that ran out of time. */
  private static final Set<Integer> GIVEN_UP = Set.of(487, 408);

  @Column(name = "released_at")
  Long releasedAt;

  // When the call's room says that it was let go; it may take that back.
  @Column(name = "released_supposed_at")
  Long supposedAt;

  // Whether somebody saw that the call had been taken, though not when.
  @Column(name = "released_taken")
  boolean taken;

  @Column(name = "released_hangup_source")
  String hangupSource;

  @Column(name = "refused_at")
  Long refusedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "refused_outcome")
  Outcome refusal;

  @Column(name = "refused_sip_code")
  Integer sipCode;

  @Column(name = "reaped_at")
  Long reapedAt;

  // When the last one that matters was received: the time to wait for better begins there.
  @Column(name = "released_received_at")
  Long receivedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "released_standing")
  Standing standing = Standing.NEITHER;

  void heard(Released said, long at, long received) {
    if (Boolean.TRUE.equals(said.wasTaken()) && !taken) {
      taken = true;
      receivedAt = received;
    }
    if (said.outcome() == null) {
      if (releasedAt != null && !isFirst(said, at)) {
        return;
      }
      releasedAt = at;
      hangupSource = said.hangupSource();
    } else {
      if (refusedAt != null && !isLast(said, at)) {
        return;
      }
      refusedAt = at;
      refusal = said.outcome();
      sipCode = said.sipCode();
    }
    receivedAt = received;
  }

  /** What follows from the call's room is another time now, or none. */
  void suppose(Long at, long received) {
    if (!Objects.equals(at, supposedAt)) {
      supposedAt = at;
      receivedAt = received;
    }
  }

  /** Of the same moment the one that knows more stands, whichever came first. */
  private boolean isFirst(Released said, long at) {
    if (at != releasedAt) {
      return at < releasedAt;
    }
    String source = said.hangupSource();
    return source != null && (hangupSource == null || source.compareTo(hangupSource) < 0);
  }

  private boolean isLast(Released said, long at) {
    boolean named = said.sipCode() != null;
    if (named != (sipCode != null)) {
      return named;
    }
    if (at != refusedAt) {
      return at > refusedAt;
    }
    int order = said.outcome().compareTo(refusal);
    return order < 0 || (order == 0 && named && said.sipCode() < sipCode);
  }

  /** The reaper gave the call up at a time. */
  void reap(long at) {
    reapedAt = Micros.earlier(reapedAt, at);
  }

  /** Whether it is still to be decided which one stands. */
  boolean isWaiting() {
    return receivedAt != null;
  }

  boolean isReaped() {
    return standing == Standing.REAPED;
  }

  boolean stands() {
    return standing != Standing.NEITHER;
  }

  /** When it is to be decided whether one stands, by receipt time; null if nothing waits. */
  Long due(long settle) {
    return receivedAt == null ? null : Long.valueOf(receivedAt + settle);
  }

  /**
   * Decides, when it is due, which one stands where there is no real end.
   *
   * @param wasAnswered whether it is known when the call was taken
   */
  void settle(boolean wasAnswered) {
    receivedAt = null;
    boolean wasTaken = wasAnswered || taken;
    boolean refused = refusedAt != null && !(wasTaken && isOfUntaken(refusal));
    boolean released = releasedAt != null || supposedAt != null;
    standing =
        released && (wasTaken || !refused)
            ? Standing.RELEASE
            : refused ? Standing.REFUSAL : reapedAt != null ? Standing.REAPED : Standing.NEITHER;
  }

  /**
   * The outcome that the one that stands gives the call; null where neither does. A request that
   * was given up, or ran out of time, after it rang was one that nobody answered.
   */
  Outcome outcome(boolean wasAnswered, boolean rang) {
    return switch (standing) {
      case NEITHER -> null;
      case RELEASE -> wasAnswered || taken ? Outcome.COMPLETED : Outcome.CANCELED;
      case REFUSAL -> rang && isGivenUp() ? Outcome.NO_ANSWER : refusal;
      case REAPED -> Outcome.TIMEOUT;
    };
  }

  private boolean isGivenUp() {
    return sipCode != null && GIVEN_UP.contains(sipCode);
  }

  /** When the one that stands happened. */
  Long at() {
    return switch (standing) {
      case NEITHER -> null;
      case RELEASE -> supposedAt == null ? releasedAt : Micros.earlier(releasedAt, supposedAt);
      case REFUSAL -> refusedAt;
      case REAPED -> reapedAt;
    };
  }

  Integer sipCode() {
    return standing == Standing.REFUSAL ? sipCode : null;
  }

  String hangupSource() {
    return standing == Standing.RELEASE ? hangupSource : null;
  }

  /** A real end is known: there is nothing more to wait for. */
  void replace() {
    standing = Standing.NEITHER;
    receivedAt = null;
  }

  private static boolean isOfUntaken(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED, ABANDONED -> false;
      case BUSY, NO_ANSWER, CANCELED, REJECTED, FAILED, TIMEOUT -> true;
    };
  }
}
