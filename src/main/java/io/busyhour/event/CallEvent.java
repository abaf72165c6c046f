package io.busyhour.event;

import static io.busyhour.event.Limits.DAY_MS;
import static io.busyhour.event.Limits.MONEY;
import static io.busyhour.event.Limits.MONTH_SECONDS;

import io.busyhour.event.field.Fields;
import io.busyhour.event.field.Word;
import java.math.BigDecimal;

/** What happens in the life of one call attempt. */
public sealed interface CallEvent extends Event {

  /** The call's id: the same for all events of a call, whoever sends them; 1 to 128 characters. */
  String callId();

  /**
   * What the sender says about the call's beginning with this event; a field that an earlier event
   * gave need not be repeated. Only {@link Initiated} says that the call began at its time.
   */
  default Beginning beginning() {
    return Beginning.UNKNOWN;
  }

  /** Which way a call goes, seen from the customer whose call it is. */
  enum Direction {
    /** Somebody called the customer. */
    INBOUND,
    /** The customer called somebody. */
    OUTBOUND
  }

  /** Who or what took a call. */
  enum AnsweredBy {
    /** A person. */
    HUMAN,
    /** An answering machine, a fax or a voice mailbox. */
    MACHINE,
    /** Detection was on and could not tell. */
    UNKNOWN
  }

  /** How a call is rated by where it goes. */
  enum Zone implements Word {
    /** Within a rate centre; only the sender can know. */
    LOCAL,
    /** Within a state. */
    INTRASTATE,
    /** Between states, and whatever is not known better. */
    INTERSTATE,
    /** To or from another country. */
    INTL,
    /** To a toll-free number. */
    TOLLFREE;

    @Override
    public String word() {
      return name();
    }
  }

  /**
   * What is known about a call from its beginning; any part may be null. Later events of a call may
   * carry it too, for senders that repeat it or say it only then; they do not say when the call
   * began.
   *
   * @param account whose call it is
   * @param userId the account's user
   * @param campaignId the campaign that it was made for
   * @param trunk the trunk that carries it
   * @param provider the carrier or platform behind the trunk
   * @param direction which way it goes
   * @param from the calling number or address
   * @param to the called number or address
   * @param zone how it is rated
   * @param originationCountry ISO 3166 code of the caller's country
   * @param destinationCountry ISO 3166 code of the called country
   * @param parentCallId the call that this one is a leg of
   */
  record Beginning(
      String account,
      String userId,
      String campaignId,
      String trunk,
      String provider,
      Direction direction,
      String from,
      String to,
      Zone zone,
      String originationCountry,
      String destinationCountry,
      String parentCallId) {

    /** A beginning of which nothing is known. */
    public static final Beginning UNKNOWN =
        new Beginning(null, null, null, null, null, null, null, null, null, null, null, null);

    static Beginning read(Fields f) {
      Beginning said =
          new Beginning(
              f.maybe("account").text(),
              f.maybe("user_id").text(),
              f.maybe("campaign_id").text(),
              f.maybe("trunk").text(),
              f.maybe("provider").text(),
              f.maybe("direction").oneOf(Direction.class),
              f.maybe("from").address(),
              f.maybe("to").address(),
              f.maybe("zone").oneOf(Zone.class),
              f.maybe("origination_country").text(),
              f.maybe("destination_country").text(),
              f.maybe("parent_call_id").id());
      return said.equals(UNKNOWN) ? UNKNOWN : said;
    }
  }

  /** {@code call.initiated}: the attempt began. */
  record Initiated(String callId, Beginning beginning) implements CallEvent {
    static Initiated read(Fields f) {
      return new Initiated(f.need("call_id").id(), Beginning.read(f));
    }

    @Override
    public EventType type() {
      return EventType.CALL_INITIATED;
    }
  }

  /**
   * {@code call.ringing}: the first 18x.
   *
   * @param pddMs post-dial delay, INVITE to first 18x, in milliseconds, if the sender measured it
   * @param beginning what the sender says about the beginning with this event
   */
  record Ringing(String callId, Double pddMs, Beginning beginning) implements CallEvent {
    static Ringing read(Fields f) {
      return new Ringing(
          f.need("call_id").id(), f.maybe("pdd_ms").real(0, DAY_MS), Beginning.read(f));
    }

    @Override
    public EventType type() {
      return EventType.CALL_RINGING;
    }
  }

  /**
   * {@code call.answered}: the call was taken.
   *
   * @param beginning what the sender says about the beginning with this event
   */
  record Answered(String callId, AnsweredBy answeredBy, Beginning beginning) implements CallEvent {
    static Answered read(Fields f) {
      return new Answered(
          f.need("call_id").id(),
          f.maybe("answered_by").oneOf(AnsweredBy.class),
          Beginning.read(f));
    }

    @Override
    public EventType type() {
      return EventType.CALL_ANSWERED;
    }
  }

  /**
   * {@code call.taken}: the call was taken, or a change within it was agreed to: who reports each
   * request of a call by itself does not know which. The earliest counts, so the talk time of such
   * a call is known when it is settled. Only doors make these.
   *
   * @param beginning what the sender says about the beginning with this event
   */
  record Taken(String callId, Beginning beginning) implements CallEvent {
    static Taken read(Fields f) {
      return new Taken(f.need("call_id").id(), Beginning.read(f));
    }

    @Override
    public EventType type() {
      return EventType.CALL_TAKEN;
    }
  }

  /**
   * {@code call.ended}: the call reached a final state.
   *
   * @param sipCode the final SIP response, 100 to 699
   * @param q850Cause the release cause of ITU-T Q.850, 1 to 127
   * @param hangupSource which side ended it
   * @param durationSeconds talk time, answer to end; ringing does not count
   * @param cost what it cost, in {@code currency}
   * @param errorType why it could not be placed, in the sender's words
   * @param beginning what the sender says about the beginning with this event
   */
  record Ended(
      String callId,
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
      Beginning beginning)
      implements CallEvent {
    static Ended read(Fields f) {
      return new Ended(
          f.need("call_id").id(),
          f.need("outcome").oneOf(Outcome.class),
          f.maybe("sip_code").count(100, 699),
          f.maybe("q850_cause").count(1, 127),
          f.maybe("hangup_source").text(),
          f.maybe("duration_seconds").real(0, MONTH_SECONDS),
          f.maybe("cost").decimal(0, MONEY),
          f.maybe("currency").text(),
          f.maybe("error_type").text(),
          f.maybe("has_transcript").flag(),
          f.maybe("has_audio").flag(),
          Beginning.read(f));
    }

    @Override
    public EventType type() {
      return EventType.CALL_ENDED;
    }
  }

  /**
   * {@code call.released}: somebody let the call go, and what else is heard of it decides how it
   * ended. Where nobody says better by the time the call is settled, it ended here: in this
   * outcome, unless that means that nobody took the call and somebody did. Only doors make these.
   *
   * @param outcome how it ended, as far as the sender can know; null for completed if it was taken,
   *     else canceled
   * @param sipCode the final SIP response, 100 to 699
   * @param hangupSource which side ended it
   * @param wasTaken true where the sender saw that somebody had taken it, though not when
   * @param beginning what the sender says about the beginning with this event
   */
  record Released(
      String callId,
      Outcome outcome,
      Integer sipCode,
      String hangupSource,
      Boolean wasTaken,
      Beginning beginning)
      implements CallEvent {
    static Released read(Fields f) {
      return new Released(
          f.need("call_id").id(),
          f.maybe("outcome").oneOf(Outcome.class),
          f.maybe("sip_code").count(100, 699),
          f.maybe("hangup_source").text(),
          f.maybe("was_taken").flag(),
          Beginning.read(f));
    }

    @Override
    public EventType type() {
      return EventType.CALL_RELEASED;
    }
  }

  /**
   * {@code call.recorded}: there is a recording or a transcript of the call. Only doors make these.
   */
  record Recorded(String callId, Boolean hasTranscript, Boolean hasAudio) implements CallEvent {
    static Recorded read(Fields f) {
      return new Recorded(
          f.need("call_id").id(), f.maybe("has_transcript").flag(), f.maybe("has_audio").flag());
    }

    @Override
    public EventType type() {
      return EventType.CALL_RECORDED;
    }
  }

  /**
   * {@code call.reaped}: nothing was heard of the call's end for so long that it counts as timed
   * out. Any other end, early or late, stands before it. Made by the stale-call reaper only.
   */
  record Reaped(String callId) implements CallEvent {
    static Reaped read(Fields f) {
      return new Reaped(f.need("call_id").id());
    }

    @Override
    public EventType type() {
      return EventType.CALL_REAPED;
    }
  }

  /**
   * {@code call.quality}: how one direction of a call sounded.
   *
   * @param mos mean opinion score, 1 to 5
   * @param rFactor transmission rating of ITU-T G.107, 0 to 120
   * @param jitterMs interarrival jitter of RFC 3550, in milliseconds
   * @param packetLoss share of packets lost, 0 to 1
   * @param rttMs round-trip time in milliseconds
   */
  record Quality(
      String callId,
      Direction direction,
      String codec,
      Double mos,
      Double rFactor,
      Double jitterMs,
      Double packetLoss,
      Double rttMs)
      implements CallEvent {
    static Quality read(Fields f) {
      return new Quality(
          f.need("call_id").id(),
          f.maybe("direction").oneOf(Direction.class),
          f.maybe("codec").text(),
          f.maybe("mos").real(1, 5),
          f.maybe("r_factor").real(0, 120),
          f.maybe("jitter_ms").real(0, DAY_MS),
          f.maybe("packet_loss").real(0, 1),
          f.maybe("rtt_ms").real(0, DAY_MS));
    }

    @Override
    public EventType type() {
      return EventType.CALL_QUALITY;
    }
  }

  /** What a voice agent's latency was measured between. */
  enum LatencyKind {
    /** End of the caller's speech to the first audio of the answer. */
    SPEECH_TO_AUDIO,
    /** One tool call of the agent. */
    TOOL_CALL,
    /** The whole session. */
    SESSION
  }

  /** {@code call.latency}: how long a voice agent took, in milliseconds. */
  record Latency(String callId, LatencyKind eventType, Double durationMs) implements CallEvent {
    static Latency read(Fields f) {
      return new Latency(
          f.need("call_id").id(),
          f.need("event_type").oneOf(LatencyKind.class),
          f.need("duration_ms").real(0, DAY_MS));
    }

    @Override
    public EventType type() {
      return EventType.CALL_LATENCY;
    }
  }
}
