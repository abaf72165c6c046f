package io.busyhour.projection.calls.call;

import io.busyhour.event.CallEvent;
import io.busyhour.event.CallEvent.AnsweredBy;
import io.busyhour.event.CallEvent.Beginning;
import io.busyhour.event.CallEvent.Direction;
import io.busyhour.event.CallEvent.Zone;
import io.busyhour.event.Outcome;
import io.busyhour.projection.calls.facts.Entries;
import io.busyhour.projection.calls.facts.Fact;
import io.busyhour.projection.calls.facts.Micros;
import io.busyhour.projection.calls.facts.Stamps;
import io.busyhour.projection.calls.facts.UpdateStatements;
import io.busyhour.projection.change.CallChange.Contribution;
import io.busyhour.projection.change.CallRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import org.eclipse.persistence.annotations.Customizer;

/** The row of one call. Every event is merged in so that the order of arrival does not matter. */
@Entity(name = "Call")
@Table(name = "calls")
@Customizer(UpdateStatements.class)
class CallRow {
  @Id
  @Column(name = "call_id")
  String callId;

  String source;
  String stamps;

  String account;

  @Column(name = "user_id")
  String userId;

  @Column(name = "campaign_id")
  String campaignId;

  String trunk;
  String provider;

  @Enumerated(EnumType.STRING)
  Direction direction;

  @Column(name = "from_number")
  String from;

  @Column(name = "to_number")
  String to;

  @Enumerated(EnumType.STRING)
  Zone zone;

  @Column(name = "origination_country")
  String originationCountry;

  @Column(name = "destination_country")
  String destinationCountry;

  @Column(name = "parent_call_id")
  String parentCallId;

  @Embedded Derived derived;

  @Column(name = "first_event_at")
  Long firstEventAt;

  @Column(name = "last_event_at")
  Long lastEventAt;

  @Column(name = "initiated_at")
  Long initiatedAt;

  @Column(name = "ringing_at")
  Long ringingAt;

  @Column(name = "answered_at")
  Long answeredAt;

  // Where nobody says it: what follows from the call's room, which may take it back.
  @Column(name = "supposed_answered_at")
  Long supposedAnsweredAt;

  @Column(name = "ended_at")
  Long endedAt;

  // The time since which the call is open; null once it ended and all of it is counted. Indexed:
  // unfinished calls are few, and what is due is found among them without an index of its own.
  @Column(name = "open_since")
  Long openSince;

  // CallRecord.startedAt(): what lists of calls are ordered by.
  @Column(name = "started_at")
  Long startedAt;

  @Enumerated(EnumType.STRING)
  Outcome outcome;

  @Enumerated(EnumType.STRING)
  @Column(name = "answered_by")
  AnsweredBy answeredBy;

  @Column(name = "pdd_ms")
  Double pddMs;

  @Column(name = "sip_code")
  Integer sipCode;

  @Column(name = "q850_cause")
  Integer q850Cause;

  @Column(name = "hangup_source")
  String hangupSource;

  @Column(name = "duration_seconds")
  Double durationSeconds;

  BigDecimal cost;
  String currency;

  @Column(name = "error_type")
  String errorType;

  @Column(name = "has_transcript")
  Boolean hasTranscript;

  @Column(name = "has_audio")
  Boolean hasAudio;

  String codec;
  Double mos;

  @Column(name = "r_factor")
  Double rFactor;

  @Column(name = "jitter_ms")
  Double jitterMs;

  @Column(name = "packet_loss")
  Double packetLoss;

  @Column(name = "rtt_ms")
  Double rttMs;

  @Embedded Counted counted;

  @Embedded Release release;

  @Embedded Callbacks callbacks;

  @Embedded Entries entries;

  // Facts merged in this transaction; written to the column once at its end.
  @Transient private Stamps merging;

  /** For the persistence provider. */
  protected CallRow() {}

  CallRow(String callId, String source) {
    this.callId = callId;
    this.source = source;
    this.derived = new Derived();
    this.counted = new Counted();
    this.release = new Release();
    this.callbacks = new Callbacks();
    this.entries = new Entries();
  }

  /**
   * Merges one event in.
   *
   * @param at the event's time, in microseconds
   * @param receivedAt the time of its receipt
   */
  void merge(CallEvent event, String heardFrom, long at, long receivedAt) {
    merging = Stamps.parse(stamps);
    // Who was first is told by the clock of the events too, not by arrival.
    if (firstEventAt == null
        || at < firstEventAt
        || (at == firstEventAt && heardFrom.compareTo(source) < 0)) {
      source = heardFrom;
    }
    firstEventAt = Micros.earlier(firstEventAt, at);
    lastEventAt = Micros.later(lastEventAt, at);
    begin(event.beginning(), at);
    switch (event) {
      case CallEvent.Initiated ignored -> initiatedAt = Micros.earlier(initiatedAt, at);
      case CallEvent.Ringing ringing -> ring(ringing, at);
      case CallEvent.Answered answered -> answer(answered.answeredBy(), at);
      case CallEvent.Taken ignored -> {
        counted.answerMayRepeat();
        answer(null, at);
      }
      case CallEvent.Ended ended -> end(ended, at);
      case CallEvent.Quality quality -> sound(quality, at);
      case CallEvent.Latency ignored -> {}
      case CallEvent.Released released -> {
        // After a real end there is nothing to wait for.
        if (outcome == null || release.stands()) {
          release.heard(released, at, receivedAt);
        }
      }
      case CallEvent.Reaped ignored -> reap(at);
      case CallEvent.Recorded recorded -> {
        hasTranscript = either(hasTranscript, recorded.hasTranscript());
        hasAudio = either(hasAudio, recorded.hasAudio());
      }
    }
    stamps = merging.toString();
  }

  /** Marks as made what is due at a receipt time, and says what that is. */
  Set<Contribution> count(CallRecord call, long now, long settle) {
    Long otherwise = release.due(settle);
    Long missing = callbacksDue(settle);
    Long due = missing == null ? otherwise : Micros.earlier(otherwise, missing);
    Set<Contribution> made = counted.count(call, isZoneSaid(), due, now, settle);
    startedAt = Micros.of(call.startedAt());
    boolean finished = outcome != null && counted.due == null;
    openSince = finished ? null : initiatedAt != null ? initiatedAt : firstEventAt;
    return made;
  }

  /** How many callbacks about the call are found missing by a receipt time. */
  int countMissingCallbacks(long now, long settle) {
    Long due = callbacksDue(settle);
    return due == null || due > now ? 0 : callbacks.count();
  }

  private Long callbacksDue(long settle) {
    return outcome == null ? null : callbacks.due(counted.endReceivedAt, settle);
  }

  /** Tells whether no event that may still come says more of account, trunk and direction. */
  boolean isRouteKnown() {
    boolean begun = counted.wholeBeginning || initiatedAt != null;
    boolean said = account != null && trunk != null && direction != null;
    return counted.wholeBeginning || (begun && (said || counted.end));
  }

  private boolean isZoneSaid() {
    return zone != null && originationCountry != null && destinationCountry != null;
  }

  private void begin(Beginning b, long at) {
    if (b.equals(Beginning.UNKNOWN)) {
      return;
    }
    account = merging.merge(Fact.ACCOUNT, account, b.account(), at);
    userId = merging.merge(Fact.USER, userId, b.userId(), at);
    campaignId = merging.merge(Fact.CAMPAIGN, campaignId, b.campaignId(), at);
    trunk = merging.merge(Fact.TRUNK, trunk, b.trunk(), at);
    provider = merging.merge(Fact.PROVIDER, provider, b.provider(), at);
    direction = merging.merge(Fact.DIRECTION, direction, b.direction(), at);
    number(b, at);
    zone = merging.merge(Fact.ZONE, zone, b.zone(), at);
    originationCountry =
        merging.merge(Fact.ORIGINATION, originationCountry, b.originationCountry(), at);
    destinationCountry =
        merging.merge(Fact.DESTINATION, destinationCountry, b.destinationCountry(), at);
    parentCallId = merging.merge(Fact.PARENT, parentCallId, b.parentCallId(), at);
  }

  private void number(Beginning b, long at) {
    String oldFrom = from;
    String oldTo = to;
    from = merging.merge(Fact.FROM, from, b.from(), at);
    to = merging.merge(Fact.TO, to, b.to(), at);
    if (Objects.equals(oldFrom, from) && Objects.equals(oldTo, to)) {
      return;
    }
    if (derived == null) {
      derived = new Derived(); // the provider gives none where all of its columns are null
    }
    derived.follow(from, to);
  }

  private void ring(CallEvent.Ringing ringing, long at) {
    ringingAt = Micros.earlier(ringingAt, at);
    pddMs = merging.merge(Fact.PDD, pddMs, ringing.pddMs(), at);
    if (release.stands()) {
      decide();
    }
  }

  private void answer(AnsweredBy by, long at) {
    answeredAt = Micros.earlier(answeredAt, at);
    answeredBy = merging.merge(Fact.ANSWERED_BY, answeredBy, by, at);
    if (release.stands()) {
      decide();
    }
  }

  /** Ends the call as its release has it, if that is due and nobody knew better. */
  void release(long now, long settle) {
    Long due = release.due(settle);
    if (due == null || due > now) {
      return;
    }
    decide();
    if (outcome != null) {
      counted.heard(due - settle, false, true);
    }
  }

  private void reap(long at) {
    release.reap(at);
    if (outcome == null && !release.isWaiting()) {
      decide();
    }
  }

  private void decide() {
    release.settle(answeredAt() != null);
    outcome = release.outcome(answeredAt() != null, ringingAt != null);
    endedAt = release.at();
  }

  /** Takes in what follows from the call's room by a receipt time. */
  void suppose(Supposed supposed, long receivedAt) {
    hasAudio = either(hasAudio, supposed.recorded() ? Boolean.TRUE : null);
    if (!Objects.equals(supposedAnsweredAt, supposed.answeredAt())) {
      supposedAnsweredAt = supposed.answeredAt();
      counted.answerMayRepeat(); // whoever says it himself may be heard yet
      if (release.stands()) {
        decide();
      }
    }
    if (outcome == null || release.stands()) {
      release.suppose(supposed.releasedAt(), receivedAt);
    }
  }

  /** The earliest final state by event time stands; at the same time the order of outcomes. */
  private void end(CallEvent.Ended ended, long at) {
    if (outcome == null
        || release.stands()
        || at < endedAt
        || (at == endedAt && ended.outcome().compareTo(outcome) < 0)) {
      outcome = ended.outcome();
      endedAt = at;
    }
    release.replace();
    sipCode = merging.merge(Fact.SIP_CODE, sipCode, ended.sipCode(), at);
    q850Cause = merging.merge(Fact.Q850, q850Cause, ended.q850Cause(), at);
    hangupSource = merging.merge(Fact.HANGUP_SOURCE, hangupSource, ended.hangupSource(), at);
    durationSeconds = merging.merge(Fact.DURATION, durationSeconds, ended.durationSeconds(), at);
    cost = merging.merge(Fact.COST, cost, ended.cost(), at);
    currency = merging.merge(Fact.CURRENCY, currency, ended.currency(), at);
    errorType = merging.merge(Fact.ERROR_TYPE, errorType, ended.errorType(), at);
    // What exists does not cease to: true stands.
    hasTranscript = either(hasTranscript, ended.hasTranscript());
    hasAudio = either(hasAudio, ended.hasAudio());
  }

  private static Boolean either(Boolean held, Boolean said) {
    return held == null ? said : said == null ? held : Boolean.valueOf(held || said);
  }

  private void sound(CallEvent.Quality quality, long at) {
    codec = merging.merge(Fact.CODEC, codec, quality.codec(), at);
    mos = merging.merge(Fact.MOS, mos, EModel.mos(quality), at);
    rFactor = merging.merge(Fact.R_FACTOR, rFactor, quality.rFactor(), at);
    jitterMs = merging.merge(Fact.JITTER, jitterMs, quality.jitterMs(), at);
    packetLoss = merging.merge(Fact.LOSS, packetLoss, quality.packetLoss(), at);
    rttMs = merging.merge(Fact.RTT, rttMs, quality.rttMs(), at);
  }

  /** When the call was taken: as said, else as follows from its room. */
  Long answeredAt() {
    return answeredAt == null ? supposedAnsweredAt : answeredAt;
  }

  CallRecord toRecord() {
    return RowReader.record(this);
  }
}
