package io.busyhour.projection.calls.dialer;

import io.busyhour.projection.change.TimerChange.Contribution;
import io.busyhour.projection.change.TimerChange.Correction;
import io.busyhour.projection.change.TimerChange.Timer;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Which of a timer's contributions to counters were made, and until when the others wait. Receipt
 * times are in the journal, so a replay comes to the same (DESIGN.md, "Settling").
 */
@Embeddable
class TimerCounted {
  private static final Set<Correction> NO_CORRECTION = Set.of();

  @Column(name = "request_received_at")
  Long requestReceivedAt;

  @Column(name = "response_received_at")
  Long responseReceivedAt;

  @Column(name = "counted_request")
  boolean request;

  @Column(name = "counted_answer")
  boolean answer;

  @Column(name = "counted_abandonment")
  boolean abandonment;

  @Column(name = "counted_response")
  boolean response;

  // The receipt time at which what is waiting is counted with what is known; null if nothing waits.
  @Column(name = "settle_due")
  Long due;

  void asked(long receivedAt) {
    if (requestReceivedAt == null) {
      requestReceivedAt = receivedAt;
    }
  }

  void answered(long receivedAt) {
    if (responseReceivedAt == null) {
      responseReceivedAt = receivedAt;
    }
  }

  Set<Contribution> count(Long requestedAt, Long respondedAt, long now, long settle, long timeout) {
    Set<Contribution> made = EnumSet.noneOf(Contribution.class);
    boolean isAsked = requestedAt != null;
    boolean isAnswered = respondedAt != null;
    if (isAsked && !request) {
      made.add(Contribution.REQUEST);
      request = true;
    }
    if (isAnswered && !response && (isAsked || now - responseReceivedAt >= settle)) {
      made.add(Contribution.RESPONSE);
      response = true;
    }
    if (isAsked && !answer && !abandonment) {
      // By the senders' clocks where both have spoken, so that no delay on the way counts.
      boolean late =
          isAnswered ? respondedAt - requestedAt >= timeout : now - requestReceivedAt >= timeout;
      answer = isAnswered && !late;
      abandonment = late;
      if (answer || abandonment) {
        made.add(answer ? Contribution.ANSWER : Contribution.ABANDONMENT);
      }
    }
    due = nextDue(settle, timeout);
    return made;
  }

  private Long nextDue(long settle, long timeout) {
    if (request) {
      return answer || abandonment ? null : Long.valueOf(requestReceivedAt + timeout);
    }
    return response ? null : Long.valueOf(responseReceivedAt + settle);
  }

  /** What changed of the facts that were counted before this event. */
  Set<Correction> corrections(Timer before, Timer now) {
    if (before == null || !(request || response)) {
      return NO_CORRECTION;
    }
    Set<Correction> found = EnumSet.noneOf(Correction.class);
    if (!Objects.equals(before.request(), now.request())) {
      found.add(Correction.TIMER_LABELS);
    }
    if (response && !before.response().equals(now.response())) {
      found.add(Correction.TIMER_RESULT);
    }
    if (answer && !before.latency().equals(now.latency())) {
      found.add(Correction.TIMER_LATENCY);
    }
    if (abandonment && before.response() == null && now.response() != null) {
      found.add(Correction.TIMER_ABANDONED);
    }
    return found;
  }
}
