package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.Outcome;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallChange.Correction;
import io.busyhour.projection.change.CallChange.Counting;
import io.busyhour.projection.change.CallRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Which of a call's contributions to counters were made, and what the others wait for. A counter
 * cannot be taken back, so a contribution is made when its facts are complete, or when the time to
 * wait for more has passed since the event that calls for it was received (DESIGN.md, "Settling").
 * Receipt times are in the journal, so a replay comes to the same.
 */
@Embeddable
class Counted {
  private static final Set<Correction> NO_CORRECTION = Set.of();

  @Column(name = "first_received_at")
  Long firstReceivedAt;

  @Column(name = "end_received_at")
  Long endReceivedAt;

  @Column(name = "whole_beginning")
  boolean wholeBeginning;

  @Column(name = "answer_may_repeat")
  boolean answerMayRepeat;

  @Column(name = "counted_type")
  boolean type;

  @Column(name = "counted_campaign")
  boolean campaign;

  @Column(name = "counted_attempt")
  boolean attempt;

  @Column(name = "counted_pdd")
  boolean pdd;

  @Column(name = "counted_end")
  boolean end;

  @Column(name = "counted_campaign_id")
  String campaignId;

  @Column(name = "counted_user_id")
  String userId;

  // The receipt time at which what is waiting is counted with what is known; null if nothing waits.
  @Column(name = "settle_due")
  Long due;

  void heard(long receivedAt, boolean whole, boolean isEnd) {
    if (firstReceivedAt == null) {
      firstReceivedAt = receivedAt;
    }
    if (isEnd && endReceivedAt == null) {
      endReceivedAt = receivedAt;
    }
    wholeBeginning |= whole;
  }

  /** The answer that was heard need not be the first one. */
  void answerMayRepeat() {
    answerMayRepeat = true;
  }

  /**
   * Marks as made what is due at a receipt time, and says what that is.
   *
   * @param isZoneSaid whether a sender said zone and countries, and they are not only derived
   * @param otherDue when something else of the call is to be settled, or null
   */
  Set<Contribution> count(
      CallRecord call, boolean isZoneSaid, Long otherDue, long now, long settle) {
    Set<Contribution> made = EnumSet.noneOf(Contribution.class);
    boolean endDue = endIsDue(call, now, settle);
    if (typeIsOpen(call) && (isBegun(call) || isOver(firstReceivedAt, now, settle))) {
      made.add(Contribution.TYPE);
      type = true;
    }
    if (campaignIsDue(call, now, settle) || (endDue && campaignIsOpen(call))) {
      made.add(Contribution.CAMPAIGN);
      campaign = true;
      campaignId = call.beginning().campaignId();
      userId = call.beginning().userId();
    }
    boolean over = isOver(firstReceivedAt, now, settle);
    boolean routeKnown = wholeBeginning || (isZoneSaid && routeIsSaid(call));
    if (!attempt && (routeKnown || endDue || over)) {
      made.add(Contribution.ATTEMPT);
      attempt = true;
    }
    if (endDue) {
      made.add(Contribution.END);
      end = true;
    }
    if (pddIsOpen(call) && (wholeBeginning || end || over)) {
      made.add(Contribution.PDD);
      pdd = true;
    }
    Long next = nextDue(call, settle);
    due = otherDue == null ? next : Micros.earlier(next, otherDue);
    return made;
  }

  /** A campaign that becomes known after the end was counted is too late: it would count more. */
  private boolean campaignIsOpen(CallRecord call) {
    return !campaign && !end && call.beginning().campaignId() != null;
  }

  private boolean campaignIsDue(CallRecord call, long now, long settle) {
    boolean known = wholeBeginning || (isBegun(call) && call.beginning().userId() != null);
    return campaignIsOpen(call) && (known || isOver(firstReceivedAt, now, settle));
  }

  /**
   * A zone or country that follows from the numbers may still be said otherwise, so it is not known
   * before the end.
   */
  private boolean routeIsSaid(CallRecord call) {
    Beginning b = call.beginning();
    boolean said =
        b.account() != null && b.trunk() != null && b.provider() != null && b.direction() != null;
    return isBegun(call) && said;
  }

  private boolean pddIsOpen(CallRecord call) {
    return !pdd && call.postDialDelayMs() != null;
  }

  private boolean typeIsOpen(CallRecord call) {
    return !type && call.beginning().direction() != null;
  }

  private boolean isBegun(CallRecord call) {
    return wholeBeginning || call.times().initiated() != null;
  }

  private static boolean isOver(long since, long now, long settle) {
    return now - since >= settle;
  }

  private boolean endIsDue(CallRecord call, long now, long settle) {
    if (end || call.isOpen()) {
      return false;
    }
    boolean talkKnown = call.end().outcome() != Outcome.COMPLETED || call.talkSeconds() != null;
    return (isBegun(call) && talkKnown && !answerMayRepeat) || isOver(endReceivedAt, now, settle);
  }

  private Long nextDue(CallRecord call, long settle) {
    boolean waits = !attempt || pddIsOpen(call) || campaignIsOpen(call) || typeIsOpen(call);
    Long next = waits ? Long.valueOf(firstReceivedAt + settle) : null;
    if (!end && !call.isOpen()) {
      next = Micros.earlier(next, endReceivedAt + settle);
    }
    return next;
  }

  Counting counting() {
    return new Counting(campaignId, userId);
  }

  /** What changed of the facts that were counted before this event. */
  Set<Correction> corrections(CallRecord before, CallRecord now) {
    if (before == null || !(type || campaign || attempt || end)) {
      return NO_CORRECTION;
    }
    Set<Correction> found = EnumSet.noneOf(Correction.class);
    Beginning was = before.beginning();
    Beginning is = now.beginning();
    if (type) {
      ifChanged(was.direction(), is.direction(), Correction.DIRECTION, found);
    }
    if (attempt && !sameRoute(was, is)) {
      found.add(Correction.ROUTE);
    }
    if (pdd) {
      ifChanged(before.postDialDelayMs(), now.postDialDelayMs(), Correction.PDD, found);
    }
    if (campaign || end) {
      ifChanged(was.campaignId(), is.campaignId(), Correction.CAMPAIGN, found);
      ifChanged(was.userId(), is.userId(), Correction.CAMPAIGN, found);
    }
    if (end) {
      ifChanged(before.end().outcome(), now.end().outcome(), Correction.OUTCOME, found);
      ifChanged(before.talkSeconds(), now.talkSeconds(), Correction.DURATION, found);
      ifChanged(before.end().cost(), now.end().cost(), Correction.COST, found);
    }
    return found;
  }

  private static boolean sameRoute(Beginning was, Beginning is) {
    return Objects.equals(was.account(), is.account())
        && Objects.equals(was.trunk(), is.trunk())
        && Objects.equals(was.provider(), is.provider())
        && was.zone() == is.zone()
        && Objects.equals(was.originationCountry(), is.originationCountry())
        && Objects.equals(was.destinationCountry(), is.destinationCountry());
  }

  private static void ifChanged(
      Object before, Object after, Correction correction, Set<Correction> found) {
    if (!Objects.equals(before, after)) {
      found.add(correction);
    }
  }
}
